/* SPDX-License-Identifier: Apache-2.0 */
#include "navigation-private.h"

#include "button.h"
#include "home-page.h"
#include "link-words.h"
#include "lock-page.h"
#include "order-page.h"
#include "proof-page.h"
#include "register-page.h"
#include "search-page.h"
#include "sound.h"
#include "stack-reading.h"
#include "state-page.h"
#include "text.h"
#include "todo-page.h"
#include "words.h"

#define TOAST_SECONDS 8
#define SECOND_BEEP_MS 200
#define VISITED_MOST 20

const RetourServices *
retour_navigation_get_services (RetourNavigation *self)
{
  return self->services;
}

const RetourStaff *
retour_navigation_get_staff (RetourNavigation *self)
{
  return self->staff;
}

RetourLanguage
retour_navigation_get_language (RetourNavigation *self)
{
  return self->preferences->language;
}

RetourLanguage
retour_navigation_get_slip_language (RetourNavigation *self)
{
  return self->preferences->slip_language;
}

GTimeZone *
retour_navigation_get_time_zone (RetourNavigation *self)
{
  return self->zone;
}

gboolean
retour_navigation_is_offline (RetourNavigation *self)
{
  if (self->services->oms == NULL)
    return TRUE;
  switch (self->link.state)
    {
    case RETOUR_LINK_UP_TO_DATE:
    case RETOUR_LINK_PULLING:
    case RETOUR_LINK_SENDING:
      return FALSE;
    case RETOUR_LINK_OFFLINE:
    case RETOUR_LINK_SECURITY:
    case RETOUR_LINK_CLOCK_WRONG:
    case RETOUR_LINK_NOT_ENROLLED:
    case RETOUR_LINK_PORTAL:
      return TRUE;
    }
  g_return_val_if_reached (TRUE);
}

gboolean
retour_navigation_is_locked (RetourNavigation *self)
{
  return self->staff == NULL;
}

GtkWidget *
retour_navigation_get_page (RetourNavigation *self, const char *page)
{
  return retour_stack_get_page (self->pages, page);
}

static void
add_page (RetourNavigation *self, const char *name, GtkWidget *page)
{
  gtk_widget_add_css_class (page, "rt-page");
  retour_stack_add_page (self->pages, page, name);
}

/* The rail is made anew with the pages: it has words, too. */
static void
build_rail (RetourNavigation *self)
{
  if (self->rail != NULL)
    gtk_box_remove (self->desk, GTK_WIDGET (self->rail));
  self->rail = retour_rail_new ();
  gtk_box_prepend (self->desk, GTK_WIDGET (self->rail));
  retour_rail_set_link (self->rail, &self->link, self->zone);
  retour_rail_set_staff (self->rail, self->staff, retour_desk_get_identity (self->services->desk));
  if (self->requests != NULL)
    retour_rail_set_requests (self->rail, retour_request_board_get_waiting (self->requests)->len);
}

/* As long as the clock is not believed, on every page; a stage of the tests may have none. */
static void
show_clock (RetourNavigation *self)
{
  g_autofree char *title = retour_clock_title (self->link.clock_offset);
  g_autofree char *explanation = retour_clock_explanation (&self->link);

  if (self->clock == NULL)
    return;
  if (title == NULL)
    retour_note_hide (self->clock);
  else
    retour_note_show (self->clock,
                      self->link.state == RETOUR_LINK_CLOCK_WRONG ? RETOUR_TONE_ERROR : RETOUR_TONE_WARNING,
                      "rt-clock-symbolic", title, explanation);
}

void
retour_navigation_build_pages (RetourNavigation *self)
{
  build_rail (self);
  show_clock (self);
  add_page (self, RETOUR_PAGE_HOME, GTK_WIDGET (retour_home_page_new (self)));
  retour_home_page_set_link (RETOUR_HOME_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_HOME)), &self->link);
  add_page (self, RETOUR_PAGE_SEARCH, GTK_WIDGET (retour_search_page_new (self)));
  add_page (self, RETOUR_PAGE_ORDER, retour_order_page_new (self));
  add_page (self, RETOUR_PAGE_PROOF, retour_proof_page_new (self));
  add_page (self, RETOUR_PAGE_REGISTER, GTK_WIDGET (retour_register_page_new (self)));
  add_page (self, RETOUR_PAGE_TODO, GTK_WIDGET (retour_todo_page_new (self)));
  add_page (self, RETOUR_PAGE_STATE, GTK_WIDGET (retour_state_page_new (self)));
  retour_stack_add_page (self->root, GTK_WIDGET (retour_lock_page_new (self)), RETOUR_PAGE_LOCK);
  self->page = RETOUR_PAGE_HOME;
}

void
retour_navigation_rebuild_pages (RetourNavigation *self)
{
  const char *page = self->page;
  gboolean locked = retour_navigation_is_locked (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, child);
  retour_stack_remove_page (self->root, RETOUR_PAGE_LOCK);
  retour_navigation_build_pages (self);
  gtk_stack_set_visible_child_name (self->root, locked ? RETOUR_PAGE_LOCK : "desk");
  if (locked)
    return;

  g_queue_clear (&self->visited);
  if (g_str_equal (page, RETOUR_PAGE_ORDER) && self->draft != NULL)
    retour_navigation_open_draft (self, self->draft);
  else if (g_str_equal (page, RETOUR_PAGE_PROOF) && self->shown_return != NULL)
    retour_navigation_open_return (self, self->shown_return);
  else if (g_str_equal (page, RETOUR_PAGE_STATE))
    retour_navigation_show_page (self, RETOUR_PAGE_HOME);
  else
    retour_navigation_show_page (self, page);
}

/* Each page reads again what it shows when it comes to the front. */
static void
refresh_page (RetourNavigation *self, const char *page)
{
  GtkWidget *widget = retour_navigation_get_page (self, page);

  if (g_str_equal (page, RETOUR_PAGE_HOME))
    retour_home_page_refresh (RETOUR_HOME_PAGE (widget));
  else if (g_str_equal (page, RETOUR_PAGE_ORDER))
    retour_order_page_refresh (RETOUR_ORDER_PAGE (widget));
  else if (g_str_equal (page, RETOUR_PAGE_REGISTER))
    retour_register_page_refresh (RETOUR_REGISTER_PAGE (widget));
  else if (g_str_equal (page, RETOUR_PAGE_TODO))
    retour_todo_page_refresh (RETOUR_TODO_PAGE (widget));
}

static void
put_page_forward (RetourNavigation *self, const char *page)
{
  if (self->sheet != NULL)
    retour_sheet_close (self->sheet);
  if (!g_str_equal (page, RETOUR_PAGE_STATE))
    retour_navigation_stop_waiting (self);
  if (g_str_equal (self->page, RETOUR_PAGE_ORDER) && !g_str_equal (page, RETOUR_PAGE_ORDER))
    retour_order_page_leave (RETOUR_ORDER_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_ORDER)));
  self->page = page;
  gtk_stack_set_visible_child_name (self->pages, page);
  retour_rail_set_page (self->rail, page);
  refresh_page (self, page);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  if (!g_str_equal (page, RETOUR_PAGE_HOME))
    gtk_widget_grab_focus (retour_navigation_get_page (self, page));
}

void
retour_navigation_show_page (RetourNavigation *self, const char *page)
{
  page = g_intern_string (page);
  if (g_str_equal (page, RETOUR_PAGE_HOME))
    g_queue_clear (&self->visited);
  else if (!g_str_equal (page, self->page) && !g_str_equal (self->page, RETOUR_PAGE_STATE))
    {
      g_queue_push_tail (&self->visited, (gpointer) self->page);
      if (self->visited.length > VISITED_MOST)
        g_queue_pop_head (&self->visited);
    }
  put_page_forward (self, page);
}

void
retour_navigation_go_home (RetourNavigation *self)
{
  retour_navigation_show_page (self, RETOUR_PAGE_HOME);
}

void
retour_navigation_go_back (RetourNavigation *self)
{
  const char *page = g_queue_pop_tail (&self->visited);

  put_page_forward (self, page != NULL ? page : RETOUR_PAGE_HOME);
}

void
retour_navigation_refresh (RetourNavigation *self)
{
  refresh_page (self, self->page);
}

void
retour_navigation_follow_draft (RetourNavigation *self, const RetourDraft *draft)
{
  g_free (self->draft);
  self->draft = g_strdup (draft->id);
  g_free (self->order);
  self->order = g_strdup (draft->order_id);
}

void
retour_navigation_open_workspace (RetourNavigation *self, RetourWorkspace *workspace, GPtrArray *companions)
{
  retour_order_page_show (RETOUR_ORDER_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_ORDER)), workspace,
                          companions);
  retour_navigation_show_page (self, RETOUR_PAGE_ORDER);
}

void
retour_navigation_show_proof (RetourNavigation *self, RetourReturn *ret, gboolean fresh)
{
  g_free (self->shown_return);
  self->shown_return = g_strdup (ret->id);
  if (fresh)
    {
      g_clear_pointer (&self->draft, g_free);
      g_clear_pointer (&self->order, g_free);
      g_queue_clear (&self->visited);
      self->page = RETOUR_PAGE_HOME;
    }
  retour_proof_page_show (RETOUR_PROOF_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_PROOF)), ret, fresh);
  retour_navigation_show_page (self, RETOUR_PAGE_PROOF);
}

void
retour_navigation_open_search (RetourNavigation *self, const char *text)
{
  retour_navigation_show_page (self, RETOUR_PAGE_SEARCH);
  retour_search_page_begin (RETOUR_SEARCH_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_SEARCH)), text);
}

void
retour_navigation_open_register (RetourNavigation *self)
{
  retour_navigation_show_page (self, RETOUR_PAGE_REGISTER);
}

void
retour_navigation_lock (RetourNavigation *self)
{
  if (self->sheet != NULL)
    retour_sheet_close (self->sheet);
  retour_toast_stage_clear (self->toasts);
  retour_navigation_stop_waiting (self);
  g_clear_pointer (&self->staff, retour_staff_free);
  gtk_stack_set_visible_child_name (self->root, RETOUR_PAGE_LOCK);
  retour_lock_page_refresh (RETOUR_LOCK_PAGE (retour_stack_get_page (self->root, RETOUR_PAGE_LOCK)));
}

/* Another person starts at home; the same one finds the desk as it was. */
void
retour_navigation_enter (RetourNavigation *self, RetourStaff *staff)
{
  gboolean same = g_strcmp0 (self->preferences->last_staff, staff->id) == 0;

  retour_staff_free (self->staff);
  self->staff = staff;
  if (!same)
    {
      g_free (self->preferences->last_staff);
      self->preferences->last_staff = g_strdup (staff->id);
      retour_preferences_save (self->preferences, self->services);
    }
  retour_rail_set_staff (self->rail, staff, retour_desk_get_identity (self->services->desk));
  if (self->requests != NULL)
    retour_request_board_set_staff (self->requests, staff);
  gtk_stack_set_visible_child_name (self->root, "desk");
  if (same && g_str_equal (self->page, RETOUR_PAGE_ORDER) && self->draft != NULL)
    put_page_forward (self, self->page);
  else
    retour_navigation_go_home (self);
}

typedef struct
{
  RetourUndo undo;
  gpointer user_data;
  GDestroyNotify destroy;
} ToastUndo;

static void
toast_undo_free (gpointer data, GClosure *closure)
{
  ToastUndo *undo = data;

  if (undo->destroy != NULL)
    undo->destroy (undo->user_data);
  g_free (undo);
}

static void
toast_button_clicked (AdwToast *toast, ToastUndo *undo)
{
  undo->undo (undo->user_data);
}

void
retour_navigation_offer (RetourNavigation *self,
                         const char *text,
                         const char *label,
                         RetourUndo undo,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);
  ToastUndo *kept = g_new0 (ToastUndo, 1);

  kept->undo = undo;
  kept->user_data = user_data;
  kept->destroy = destroy;
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  if (undo != NULL)
    adw_toast_set_button_label (toast, label);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (toast_button_clicked), kept, toast_undo_free, 0);
  retour_toast_stage_show (self->toasts, toast);
}

void
retour_navigation_drop_toast (RetourNavigation *self)
{
  retour_toast_stage_clear (self->toasts);
}

void
retour_navigation_toast (
    RetourNavigation *self, const char *text, RetourUndo undo, gpointer user_data, GDestroyNotify destroy)
{
  retour_navigation_offer (self, text, _ ("Undo"), undo, user_data, destroy);
}

static gboolean
beep_again (gpointer user_data)
{
  gdk_display_beep (gdk_display_get_default ());
  return G_SOURCE_REMOVE;
}

/* Without a device for sound the display has its bell: once for taken, twice for not. */
static void
not_played (RetourSound sound, gpointer user_data)
{
  beep_again (NULL);
  if (sound == RETOUR_SOUND_REFUSED)
    g_timeout_add (SECOND_BEEP_MS, beep_again, NULL);
}

void
retour_navigation_sound (RetourNavigation *self, gboolean good)
{
  if (self->preferences->sound)
    retour_sound_play (good ? RETOUR_SOUND_TAKEN : RETOUR_SOUND_REFUSED, not_played, NULL);
}

static void
close_sheet_clicked (GtkButton *button, RetourSheet *sheet)
{
  retour_sheet_close (sheet);
}

void
retour_navigation_show_error (RetourNavigation *self, const char *what, const GError *error)
{
  RetourSheet *sheet = retour_sheet_new (_ ("This could not be done"));
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = retour_button_new (NULL, _ ("Understood"), "rt-primary");

  gtk_widget_set_margin_start (body, 24);
  gtk_widget_set_margin_end (body, 24);
  gtk_widget_set_margin_top (body, 20);
  gtk_widget_set_margin_bottom (body, 20);
  gtk_box_append (GTK_BOX (body), retour_text_new_wrapped (what, "rt-large"));
  if (error != NULL)
    {
      GtkWidget *detail = retour_text_new_wrapped (error->message, "rt-muted");

      gtk_label_set_selectable (GTK_LABEL (detail), TRUE);
      gtk_box_append (GTK_BOX (body), detail);
    }
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", G_CALLBACK (close_sheet_clicked), sheet);
  gtk_box_append (GTK_BOX (foot), button);
  retour_sheet_set_body (sheet, body);
  retour_sheet_set_foot (sheet, foot);
  retour_sheet_set_initial_focus (sheet, button);
  retour_navigation_present_sheet (self, sheet);
  retour_navigation_sound (self, FALSE);
}

RetourSheet *
retour_navigation_get_sheet (RetourNavigation *self)
{
  return self->sheet;
}

static void
sheet_closed (RetourSheet *sheet, RetourNavigation *self)
{
  if (self->sheet != sheet)
    return;
  self->sheet = NULL;
  gtk_widget_set_can_focus (self->body, TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->body), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
  gtk_overlay_remove_overlay (self->host, GTK_WIDGET (sheet));
  if (self->focus_before != NULL)
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
}

void
retour_navigation_present_sheet (RetourNavigation *self, RetourSheet *sheet)
{
  if (self->sheet != NULL)
    retour_sheet_close (self->sheet);
  g_set_weak_pointer (&self->focus_before, gtk_window_get_focus (GTK_WINDOW (self->window)));
  self->sheet = sheet;
  g_signal_connect (sheet, "closed", G_CALLBACK (sheet_closed), self);
  gtk_widget_set_can_focus (self->body, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->body), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_overlay_add_overlay (self->host, GTK_WIDGET (sheet));
}

void
retour_navigation_link_changed (RetourNavigation *self, const RetourLink *link)
{
  gboolean was_offline = retour_navigation_is_offline (self);
  guint was_to_send = self->link.to_send;
  guint was_attention = self->link.attention;

  self->link = *link;
  self->link.message = NULL;
  retour_rail_set_link (self->rail, link, self->zone);
  show_clock (self);
  retour_home_page_set_link (RETOUR_HOME_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_HOME)), link);
  if (self->requests != NULL)
    retour_request_board_set_online (self->requests, !retour_navigation_is_offline (self));
  retour_search_page_link_changed (RETOUR_SEARCH_PAGE (retour_navigation_get_page (self, RETOUR_PAGE_SEARCH)));
  if (was_offline && !retour_navigation_is_offline (self) && !retour_navigation_is_locked (self) && was_to_send > 0)
    retour_navigation_toast (self, _ ("Back online."), NULL, NULL, NULL);
  if (was_to_send != link->to_send || was_attention != link->attention
      || was_offline != retour_navigation_is_offline (self))
    retour_navigation_refresh (self);
}
