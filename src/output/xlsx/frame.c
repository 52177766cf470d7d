/* What stands around the cells of a sheet: title, text, master check, page, panes, protection; the cover's list of sheets and legend.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame.h"

#include <string.h>

#include "address.h"
#include "chart.h"
#include "master.h"

/* A4 landscape: 297 mm less margins of 10 mm are 1046 pixels at 96 an inch, a column is 7 pixels a character and 5 around; some programs
 * draw columns up to 6 % wider. */
enum { PAPER_A4 = 9, PAGE_PIXELS = 960, PIXELS_PER_CHARACTER = 7, PIXELS_AROUND = 5, SCALE_MIN = 45, SCALE_MAX = 100 };
#define MARGIN_SIDE 0.39
#define MARGIN_TOP 0.6
#define MARGIN_BOTTOM 0.6

/* Most periods on a printed page: a quarter of weeks or a year of months. */
enum { PERIODS_A_PAGE = 13, YEAR_LENGTH = 4, PAGES_MAX = 200, SUBJECT_MAX = 80 };

enum { TITLE_HEIGHT = 24 /* points */, ROWS_WITH_CHART = 40 /* most rows that share a page with a chart */, ROWS_A_PAGE = 50 /* of a list */, LEGEND_ROWS = 4 };

/* Most bytes of a page's header, codes among them, that spreadsheets take. */
enum { HEADER_MAX = 255 };

static void write_text(struct fab_xlsx_writer *writer, int row, int column, const char *text, lxw_format *format)
{
    fab_xlsx_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)row, (lxw_col_t)column, text, format));
}

/* To filter and to trace, not to read on paper. */
static bool is_data(const struct fab_sheet *sheet)
{
    return sheet->report->tab == FAB_TAB_INPUT || sheet->report->tab == FAB_TAB_DATA;
}

static const char *not_printed(const struct fab_sheet *sheet)
{
    return is_data(sheet) ? " · data sheet, not printed" : sheet->report->print ? " · not printed" : "";
}

static void write_title(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    const struct fab_report *report = sheet->report;
    fab_buffer_clear(&writer->formula);
    fab_buffer_print(&writer->formula, "%s", report->title.text);
    if (sheet->left_out)
        fab_buffer_print(&writer->formula, " · the first %d of %d rows; as CSV this sheet has all", fab_sheet_rows(sheet), fab_sheet_rows(sheet) + sheet->left_out);
    fab_buffer_print(&writer->formula, "%s", not_printed(sheet));
    if (!writer->formula.failed)
        write_text(writer, 0, 0, writer->formula.text, fab_style_fixed(&writer->styles, FAB_FIXED_TITLE));
    fab_xlsx_note(writer, worksheet_set_row(writer->worksheet, 0, TITLE_HEIGHT, NULL));
    for (int a = 0; a < report->about.count; a++)
        write_text(writer, 1 + a, 0, report->about.items[a].text, fab_style_fixed(&writer->styles, FAB_FIXED_ABOUT));
    if (*writer->book->warning)
        write_text(writer, sheet->check_row + 1, 0, writer->book->warning, fab_style_fixed(&writer->styles, FAB_FIXED_WARNING));
    if (!writer->book->master)
        return;
    const char *text = fab_master_text(fab_master_holds(writer->book));
    fab_add_master_formula(writer->book, sheet, &writer->formula);
    lxw_row_t row = (lxw_row_t)sheet->check_row;
    fab_xlsx_note(writer, worksheet_write_formula_str(writer->worksheet, row, 0, writer->formula.text,
                                                      fab_style_fixed(&writer->styles, FAB_FIXED_CHECK), text));
    const struct {
        enum fab_rule_style style;
        const char *operator;
    } rules[] = {{FAB_STYLE_GOOD, "="}, {FAB_STYLE_ALARM, "<>"}};
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        fab_buffer_clear(&writer->formula);
        fab_buffer_print(&writer->formula, "=$A$%d%s\"%s\"", sheet->check_row + 1, rules[r].operator, fab_master_text(true));
        lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                         .value_string = writer->formula.text,
                                         .format = fab_style_rule(&writer->styles, rules[r].style)};
        fab_xlsx_note(writer, worksheet_conditional_format_cell(writer->worksheet, row, 0, &format));
    }
}

/* Text for a footer: & starts a code there, so it is doubled; cut on a whole character. */
static void add_footer_text(struct fab_buffer *buffer, const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        if (i >= SUBJECT_MAX && ((unsigned char)text[i] & 0xC0) != 0x80)
            break;
        fab_buffer_add(buffer, text[i] == '&' ? "&&" : text + i, text[i] == '&' ? 2 : 1);
    }
}

static void set_footer(struct fab_xlsx_writer *writer)
{
    struct fab_buffer *footer = &writer->formula;
    fab_buffer_clear(footer);
    fab_buffer_print(footer, "&L&\"" FAB_FONT "\"&8");
    add_footer_text(footer, writer->book->subject);
    fab_buffer_print(footer, "&C&\"" FAB_FONT "\"&8");
    add_footer_text(footer, writer->sheet->report->name.text);
    fab_buffer_print(footer, "&R&\"" FAB_FONT "\"&8Page &P of &N");
    if (!footer->failed)
        fab_xlsx_note(writer, worksheet_set_footer(writer->worksheet, footer->text));
}

static int column_pixels(const struct fab_xlsx_writer *writer, int column)
{
    return (int)writer->widths[column] * PIXELS_PER_CHARACTER + PIXELS_AROUND;
}

/* The legend of a cover stands below its rows, and the list of sheets below the legend. */
static int legend_row(const struct fab_sheet *sheet)
{
    return sheet->first_row + fab_sheet_rows(sheet) + 1;
}

/* The scale at which that many pixels fill the width of a page. */
static void set_scale(struct fab_xlsx_writer *writer, int pixels)
{
    int scale = pixels ? SCALE_MAX * PAGE_PIXELS / pixels : SCALE_MAX;
    scale = scale > SCALE_MAX ? SCALE_MAX : scale < SCALE_MIN ? SCALE_MIN : scale;
    worksheet_set_print_scale(writer->worksheet, (uint16_t)scale);
}

/* A page holds a year, or a quarter of weeks: 48 months on one page could not be read. A new page starts where the year of the key changes.
 * Returns how many pages lie side by side. */
static int break_periods(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    lxw_col_t breaks[PAGES_MAX];
    int count = 0, first = FAB_SERIES_FIRST, longest = 0, columns = fab_sheet_columns(sheet);
    for (int c = FAB_SERIES_FIRST; c <= columns; c++) {
        bool year = c > FAB_SERIES_FIRST && c < columns && strlen(fab_sheet_header(sheet, c)) > YEAR_LENGTH &&
                    strncmp(fab_sheet_header(sheet, c), fab_sheet_header(sheet, c - 1), YEAR_LENGTH) != 0;
        if (c < columns && !year && c - first < PERIODS_A_PAGE)
            continue;
        longest = c - first > longest ? c - first : longest;
        if (c < columns && count < PAGES_MAX - 1)
            breaks[count++] = (lxw_col_t)c;
        first = c;
    }
    breaks[count] = 0;
    int pixels = longest * column_pixels(writer, FAB_SERIES_FIRST);
    for (int c = 0; c < FAB_SERIES_FIRST; c++)
        pixels += column_pixels(writer, c);
    set_scale(writer, pixels);
    fab_xlsx_note(writer, worksheet_repeat_columns(writer->worksheet, 0, FAB_SERIES_TOTAL));
    if (count)
        fab_xlsx_note(writer, worksheet_set_v_pagebreaks(writer->worksheet, breaks));
    return count + 1;
}

/* Title and notes in the page's header, as much as it takes. */
static void set_header(struct fab_xlsx_writer *writer)
{
    const struct fab_report *report = writer->sheet->report;
    struct fab_buffer *header = &writer->formula;
    fab_buffer_clear(header);
    fab_buffer_print(header, "&L&\"" FAB_FONT ",Bold\"&12");
    add_footer_text(header, report->title.text);
    fab_buffer_print(header, "\n&\"" FAB_FONT "\"&8");
    for (int a = 0; a < report->about.count; a++)
        if (header->length + strlen(report->about.items[a].text) + 1 < HEADER_MAX)
            fab_buffer_print(header, "%s ", report->about.items[a].text);
    if (!header->failed)
        fab_xlsx_note(writer, worksheet_set_header(writer->worksheet, header->text));
}

/* One page is printed as it is, with its charts. Of several side by side, title and notes go into the header: text over the columns would be cut on every page but the first. */
static void print_series(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int rows = fab_sheet_rows(sheet), last = sheet->first_row + (rows ? rows - 1 : 1), first = 0, columns = fab_sheet_columns(sheet);
    if (break_periods(writer) > 1) {
        set_header(writer);
        first = sheet->check_row;
    } else {
        int beside = sheet->first_row + fab_xlsx_side_rows(sheet);
        last += fab_xlsx_chart_rows(sheet);
        last = last > beside ? last : beside;
        columns += fab_xlsx_side_columns(sheet);
        worksheet_fit_to_pages(writer->worksheet, 1, rows <= ROWS_WITH_CHART ? 1 : 0);
    }
    fab_xlsx_note(writer, worksheet_print_area(writer->worksheet, (lxw_row_t)first, 0, (lxw_row_t)last, (lxw_col_t)(columns - 1)));
    fab_xlsx_note(writer, worksheet_repeat_rows(writer->worksheet, (lxw_row_t)sheet->check_row, (lxw_row_t)sheet->header_row));
}

/* An empty cell beside the table is all that is printed of a data sheet: programs leave out pages without anything on them. */
static void print_nothing(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    lxw_row_t row = (lxw_row_t)sheet->first_row;
    lxw_col_t column = (lxw_col_t)(fab_sheet_columns(sheet) + 1);
    fab_xlsx_note(writer, worksheet_print_area(writer->worksheet, row, column, row, column));
}

/* One page: the facts and the legend. The list of sheets is for clicking, not for paper. */
static void print_cover(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    fab_xlsx_note(writer, worksheet_print_area(writer->worksheet, 0, 0, (lxw_row_t)(legend_row(sheet) + LEGEND_ROWS - 1),
                                               (lxw_col_t)(fab_sheet_columns(sheet) - 1)));
    worksheet_fit_to_pages(writer->worksheet, 1, 1);
}

/* One page: the blocks, with the charts beside and below them. */
static void print_page(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int below = sheet->first_row + fab_sheet_rows(sheet) + fab_xlsx_chart_rows(sheet), beside = sheet->first_row + fab_xlsx_side_rows(sheet);
    fab_xlsx_note(writer, worksheet_print_area(writer->worksheet, 0, 0, (lxw_row_t)(below > beside ? below : beside), (lxw_col_t)(fab_sheet_columns(sheet) - 1 + fab_xlsx_side_columns(sheet))));
    worksheet_fit_to_pages(writer->worksheet, 1, 1);
}

static void set_page(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    worksheet_set_landscape(writer->worksheet);
    worksheet_set_paper(writer->worksheet, PAPER_A4);
    worksheet_set_margins(writer->worksheet, MARGIN_SIDE, MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM);
    set_footer(writer);
    if (*not_printed(sheet)) {
        print_nothing(writer);
    } else if (sheet->axis) {
        print_series(writer);
    } else if (sheet->report->layout == FAB_LAYOUT_COVER) {
        print_cover(writer);
    } else if (sheet->report->layout == FAB_LAYOUT_PAGE) {
        print_page(writer);
    } else {
        int rows = fab_sheet_rows(sheet);
        worksheet_fit_to_pages(writer->worksheet, 1, sheet->report->chart_count && rows > ROWS_WITH_CHART ? 0 : (uint16_t)(1 + rows / ROWS_A_PAGE));
        if (sheet->header_row >= 0)
            fab_xlsx_note(writer, worksheet_repeat_rows(writer->worksheet, 0, (lxw_row_t)sheet->header_row));
    }
    worksheet_gridlines(writer->worksheet, LXW_HIDE_ALL_GRIDLINES);
}

static void write_link(struct fab_xlsx_writer *writer, int row, int column, const struct fab_sheet *target)
{
    fab_buffer_clear(&writer->formula);
    fab_buffer_print(&writer->formula, "internal:");
    fab_add_sheet_name(&writer->formula, target);
    fab_buffer_print(&writer->formula, "A1");
    if (!writer->formula.failed)
        fab_xlsx_note(writer, worksheet_write_url_opt(writer->worksheet, (lxw_row_t)row, (lxw_col_t)column, writer->formula.text,
                                                      fab_style_fixed(&writer->styles, FAB_FIXED_LINK), target->report->name.text, NULL));
}

enum { LINK_COLUMN = 1, TITLE_COLUMN, LINKS_A_ROW = 3 };

/* Links to sheets with what each is for: what is printed, or data sheets. Returns the row below. */
static int write_titled(struct fab_xlsx_writer *writer, int row, bool data)
{
    const struct fab_book *book = writer->book;
    bool begun = !data;
    if (begun)
        write_text(writer, row, 0, "Sheets", fab_style_fixed(&writer->styles, FAB_FIXED_SECTION));
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_sheet *target = &book->sheets[s];
        if (target == writer->sheet || target->report->tab == FAB_TAB_INPUT || is_data(target) != data)
            continue;
        if (!begun)
            write_text(writer, row, 0, "Data, not printed", fab_style_fixed(&writer->styles, FAB_FIXED_SECTION));
        begun = true;
        write_link(writer, row, LINK_COLUMN, target);
        write_text(writer, row++, TITLE_COLUMN, target->report->title.text, fab_style_fixed(&writer->styles, FAB_FIXED_ABOUT));
    }
    return row;
}

/* Links to the sheets of the book: results, data, then the inputs, several in a row. */
static void write_contents(struct fab_xlsx_writer *writer, int row)
{
    const struct fab_book *book = writer->book;
    int inputs = 0;
    row = write_titled(writer, write_titled(writer, row, false), true);
    for (int s = 0; s < book->sheet_count; s++) {
        if (book->sheets[s].report->tab != FAB_TAB_INPUT)
            continue;
        if (inputs == 0)
            write_text(writer, ++row, 0, "Inputs", fab_style_fixed(&writer->styles, FAB_FIXED_SECTION));
        write_link(writer, row + inputs / LINKS_A_ROW, LINK_COLUMN + inputs % LINKS_A_ROW, &book->sheets[s]);
        inputs++;
    }
}

/* Returns the row below. */
static int write_legend(struct fab_xlsx_writer *writer, int row)
{
    /* the texts of a plan, where the cover gives none */
    static const struct {
        enum fab_role role;
        const char *text;
    } roles[LEGEND_ROWS] = {
        {FAB_ROLE_INPUT, NULL},
        {FAB_ROLE_DATA, "Input: what the plan was made from"},
        {FAB_ROLE_PLAN, "Decided by the optimiser: a value, not recalculated"},
        {FAB_ROLE_FORMULA, "Follows from the others: a live formula"},
    };
    write_text(writer, row, 0, "Legend", fab_style_fixed(&writer->styles, FAB_FIXED_SECTION));
    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
        const char *given = writer->sheet->report->legend[roles[r].role].text, *text = given ? given : roles[r].text;
        if (text)
            write_text(writer, row++, 1, text, fab_style_cell(&writer->styles, roles[r].role, FAB_NUMBER_TEXT, FAB_FLAG_INDENT));
    }
    return row;
}

static void set_panes(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    if (sheet->header_row < 0)
        return;
    int columns = sheet->axis ? FAB_SERIES_FIRST : sheet->report->freeze;
    worksheet_freeze_panes(writer->worksheet, (lxw_row_t)sheet->first_row, (lxw_col_t)columns);
}

/* Formulas are protected without a password; filters, sorting and column widths stay free. */
static void protect(struct fab_xlsx_writer *writer)
{
    lxw_protection allowed = {
        .format_cells = LXW_TRUE, .format_columns = LXW_TRUE, .format_rows = LXW_TRUE, .sort = LXW_TRUE, .autofilter = LXW_TRUE};
    if (writer->sheet->formulas)
        worksheet_protect(writer->worksheet, NULL, &allowed);
}

void fab_xlsx_frame_sheet(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    const char *empty = sheet->report->empty.text;
    write_title(writer);
    if (fab_sheet_rows(sheet) == 0)
        write_text(writer, sheet->first_row + 1, 0, empty ? empty : "None.", fab_style_fixed(&writer->styles, FAB_FIXED_ABOUT));
    if (sheet->report->layout == FAB_LAYOUT_COVER)
        write_contents(writer, write_legend(writer, legend_row(sheet)) + 1);
    set_page(writer);
    set_panes(writer);
    protect(writer);
    if (sheet->report->tab)
        worksheet_set_tab_color(writer->worksheet, fab_style_tab_color((enum fab_tab)sheet->report->tab));
}
