# SPDX-License-Identifier: Apache-2.0
"""Turns the schema's SQL files into one C file: embed.py OUTPUT 0001-….sql 0002-….sql"""
import sys

output, *inputs = sys.argv[1:]
with open(output, 'w', encoding='utf-8') as c:
    c.write('#include "migrate.h"\n\nconst char *const retour_schema_steps[] = {\n')
    for path in inputs:
        with open(path, encoding='utf-8') as sql:
            for line in sql:
                line = line.rstrip('\n').replace('\\', '\\\\').replace('"', '\\"')
                c.write(f'  "{line}\\n"\n')
        c.write('  ,\n')
    c.write('  NULL,\n};\n')
