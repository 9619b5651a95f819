/* SPDX-License-Identifier: Apache-2.0 */
#include "stack-reading.h"

#include <adwaita.h>

/* While one page fades into the other both are drawn; only then the old one goes. */
static void
show_seen (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);
  const gboolean moving = gtk_stack_get_transition_running (stack);

  for (GtkWidget *bin = gtk_widget_get_first_child (GTK_WIDGET (stack)); bin != NULL;
       bin = gtk_widget_get_next_sibling (bin))
    {
      GtkWidget *page = adw_bin_get_child (ADW_BIN (bin));

      if (bin == visible || !moving)
        gtk_widget_set_visible (page, bin == visible);
    }
}

void
retour_stack_add_page (GtkStack *stack, GtkWidget *page, const char *name)
{
  GtkWidget *bin = adw_bin_new ();

  if (gtk_widget_get_first_child (GTK_WIDGET (stack)) == NULL
      && g_signal_handler_find (stack, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, show_seen, NULL) == 0)
    {
      g_signal_connect (stack, "notify::visible-child", G_CALLBACK (show_seen), NULL);
      g_signal_connect (stack, "notify::transition-running", G_CALLBACK (show_seen), NULL);
    }
  adw_bin_set_child (ADW_BIN (bin), page);
  gtk_stack_add_named (stack, bin, name);
  show_seen (stack);
}

GtkWidget *
retour_stack_get_page (GtkStack *stack, const char *name)
{
  GtkWidget *bin = gtk_stack_get_child_by_name (stack, name);

  return bin != NULL ? adw_bin_get_child (ADW_BIN (bin)) : NULL;
}

void
retour_stack_remove_page (GtkStack *stack, const char *name)
{
  GtkWidget *bin = gtk_stack_get_child_by_name (stack, name);

  if (bin != NULL)
    gtk_stack_remove (stack, bin);
}
