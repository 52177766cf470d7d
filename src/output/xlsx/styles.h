/* How cells look: one format for each use, made when first used.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STYLES_H
#define FAB_STYLES_H

#include <xlsxwriter.h>

#include "definition.h"
#include "numbers.h"

/* A font that every office program has, or has with the same widths. */
#define FAB_FONT "Arial"

/* Of a data cell, may be added. */
enum fab_style_flags {
    FAB_FLAG_TOTAL = 1,  /* bold, of the column Total */
    FAB_FLAG_BLOCK = 2,  /* first row of a block: a line above */
    FAB_FLAG_REPEAT = 4, /* a label that repeats the one above: grey */
    FAB_FLAG_WRAP = 8,
    FAB_FLAG_INDENT = 16, /* text keeps away from the number left of it */
    FAB_FLAGS = 32
};

enum fab_fixed_style {
    FAB_FIXED_TITLE,
    FAB_FIXED_ABOUT,
    FAB_FIXED_CHECK,
    FAB_FIXED_WARNING,
    FAB_FIXED_HEADER,
    FAB_FIXED_HEADER_RIGHT,
    FAB_FIXED_UNIT,
    FAB_FIXED_LINK,
    FAB_FIXED_SECTION,
    FAB_FIXED_STYLES
};

struct fab_styles {
    lxw_workbook *workbook;
    lxw_format *cells[FAB_ROLE_FORMULA + 1][FAB_NUMBER_FORMATS][FAB_FLAGS];
    lxw_format *fixed[FAB_FIXED_STYLES];
    lxw_format *rules[FAB_STYLE_ALARM + 1];
};

/* Makes the font of the workbook, in which column widths are counted, the one of its cells. */
void fab_styles_init(struct fab_styles *styles, lxw_workbook *workbook);

/* NULL when memory is short. */
lxw_format *fab_style_cell(struct fab_styles *styles, enum fab_role role, enum fab_number number, int flags);
lxw_format *fab_style_fixed(struct fab_styles *styles, enum fab_fixed_style style);
lxw_format *fab_style_rule(struct fab_styles *styles, enum fab_rule_style style);

/* Colours of chart series, told apart by colour-blind readers (Okabe and Ito 2008). */
lxw_color_t fab_style_series_color(int series);
lxw_color_t fab_style_tab_color(enum fab_tab tab);

#endif
