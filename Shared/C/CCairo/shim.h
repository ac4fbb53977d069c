#ifndef AINER_CAIRO_SHIM_H
#define AINER_CAIRO_SHIM_H
#include <cairo.h>
#include <pango/pangocairo.h>

/* Swift sees no function-like macros: what we need of them is said here as functions. */
static inline void ainer_object_unref(void *object) { g_object_unref(object); }
static inline void ainer_layout_width(PangoLayout *layout, double pixels) {
    pango_layout_set_width(layout, (int)(pixels * PANGO_SCALE));
}
static inline void ainer_font_size(PangoFontDescription *font, double pixels) {
    pango_font_description_set_absolute_size(font, pixels * PANGO_SCALE);
}
static inline const char *ainer_pango_version(void) { return pango_version_string(); }

#endif
