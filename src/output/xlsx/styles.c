/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "styles.h"

/* Dark blue headers, blue inputs on pale yellow, green values of the optimiser, black formulas. */
enum { DARK = 0x1F3864, INPUT_BLUE = 0x0000FF, INPUT_YELLOW = 0xFFFBE0, PLAN_GREEN = 0x00682F, GREY = 0x7F7F7F, LINE = 0xBFC5D1 };

enum { WORKBOOK_SIZE = 10, FONT_SIZE = 9, TITLE_SIZE = 15 };

void fab_styles_init(struct fab_styles *styles, lxw_workbook *workbook)
{
    *styles = (struct fab_styles){.workbook = workbook};
    lxw_format *normal = STAILQ_FIRST(workbook->formats);
    format_set_font_name(normal, FAB_FONT);
    format_set_font_size(normal, WORKBOOK_SIZE);
}

static lxw_format *new_format(struct fab_styles *styles)
{
    lxw_format *format = workbook_add_format(styles->workbook);
    if (!format)
        return NULL;
    format_set_font_name(format, FAB_FONT);
    format_set_font_size(format, FONT_SIZE);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

static void color_role(lxw_format *format, enum fab_role role)
{
    switch (role) {
    case FAB_ROLE_INPUT:
        format_set_font_color(format, INPUT_BLUE);
        format_set_bg_color(format, INPUT_YELLOW);
        format_set_unlocked(format);
        break;
    case FAB_ROLE_PLAN: format_set_font_color(format, PLAN_GREEN); break;
    case FAB_ROLE_LABEL:
    case FAB_ROLE_DATA:
    case FAB_ROLE_FORMULA: break;
    }
}

lxw_format *fab_style_cell(struct fab_styles *styles, enum fab_role role, enum fab_number number, int flags)
{
    lxw_format **format = &styles->cells[role][number][flags];
    if (*format)
        return *format;
    *format = new_format(styles);
    if (!*format)
        return NULL;
    format_set_num_format(*format, fab_number_formats[number].code);
    color_role(*format, role);
    if (flags & FAB_FLAG_TOTAL)
        format_set_bold(*format);
    if (flags & FAB_FLAG_BLOCK) {
        format_set_top(*format, LXW_BORDER_THIN);
        format_set_top_color(*format, LINE);
    }
    if (flags & FAB_FLAG_REPEAT)
        format_set_font_color(*format, GREY);
    if (flags & FAB_FLAG_INDENT)
        format_set_indent(*format, 1);
    if (flags & FAB_FLAG_WRAP)
        format_set_text_wrap(*format);
    return *format;
}

static void set_header(lxw_format *format, bool right)
{
    format_set_bold(format);
    format_set_font_color(format, LXW_COLOR_WHITE);
    format_set_bg_color(format, DARK);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_align(format, right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    if (!right)
        format_set_indent(format, 1);
}

static const struct {
    lxw_color_t text, fill;
} rule_colors[] = {
    [FAB_STYLE_GOOD] = {0x00682F, 0xE2F0D9},
    [FAB_STYLE_QUIET] = {0xA6A6A6, 0xFFFFFF},
    [FAB_STYLE_WATCH] = {0x7F4F00, 0xFFE699},
    [FAB_STYLE_ALARM] = {0x9C0006, 0xFFC7CE},
};

lxw_format *fab_style_fixed(struct fab_styles *styles, enum fab_fixed_style style)
{
    lxw_format *format = styles->fixed[style];
    if (format)
        return format;
    format = styles->fixed[style] = new_format(styles);
    if (!format)
        return NULL;
    switch (style) {
    case FAB_FIXED_TITLE:
        format_set_bold(format);
        format_set_font_size(format, TITLE_SIZE);
        format_set_font_color(format, DARK);
        break;
    case FAB_FIXED_ABOUT: format_set_font_color(format, GREY); break;
    case FAB_FIXED_CHECK: format_set_bold(format); break;
    case FAB_FIXED_WARNING:
        format_set_bold(format);
        format_set_font_color(format, rule_colors[FAB_STYLE_ALARM].text);
        format_set_bg_color(format, rule_colors[FAB_STYLE_ALARM].fill);
        break;
    case FAB_FIXED_HEADER: set_header(format, false); break;
    case FAB_FIXED_HEADER_RIGHT: set_header(format, true); break;
    case FAB_FIXED_UNIT:
        format_set_italic(format);
        format_set_font_color(format, GREY);
        format_set_align(format, LXW_ALIGN_RIGHT);
        break;
    case FAB_FIXED_LINK:
        format_set_font_color(format, DARK);
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
        format_set_indent(format, 1);
        break;
    case FAB_FIXED_SECTION:
        format_set_bold(format);
        format_set_indent(format, 1);
        break;
    case FAB_FIXED_STYLES: break;
    }
    return format;
}

lxw_format *fab_style_rule(struct fab_styles *styles, enum fab_rule_style style)
{
    if (styles->rules[style])
        return styles->rules[style];
    lxw_format *format = styles->rules[style] = workbook_add_format(styles->workbook);
    if (!format)
        return NULL;
    format_set_font_color(format, rule_colors[style].text);
    format_set_bg_color(format, rule_colors[style].fill);
    return format;
}

lxw_color_t fab_style_series_color(int series)
{
    static const lxw_color_t colors[] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9};
    return colors[(size_t)series % (sizeof colors / sizeof *colors)];
}

lxw_color_t fab_style_tab_color(enum fab_tab tab)
{
    static const lxw_color_t colors[] = {[FAB_TAB_RESULT] = 0x00682F, [FAB_TAB_INPUT] = 0xFFD966, [FAB_TAB_CHECK] = 0x7F7F7F, [FAB_TAB_DATA] = 0xBFBFBF};
    return colors[tab];
}
