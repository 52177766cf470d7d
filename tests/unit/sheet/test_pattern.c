/* Patterns: addresses that are expected by hand, and everything that must not get into a formula.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <unistd.h>

#include "book.h"
#include "book_fixture.h"
#include "buffer.h"
#include "pattern.h"

static struct fixture fixture;
static struct fab_book *book;
static char folder[] = "/tmp/fabplan-pattern-XXXXXX";

/* A book of three sheets whose places in the worksheet follow from these lines alone: a series over two periods, a list, a list of keys. */
static const struct {
    const char *name, *text;
} files[] = {
    {"two.report", "[sheet]\nlayout axis\nkey period\n[column days]\n[column discount]\n"},
    {"two.sql", "SELECT period, days, discount FROM plan_period WHERE plan = :plan AND number <= 2 ORDER BY number"},
    {"series.report", "[sheet]\ntitle S\nname My series\nlayout series\naxis two\nrow k\nlabel k\nperiod p\n"
                      "[column demand]\nheader Demand\ntotal sum\n[column shipped]\ntotal sum\n[column stock]\ntotal last\n"},
    {"series.sql", "SELECT k, period AS p, 1 AS demand, 2 AS shipped, 3 AS stock FROM plan_period, (SELECT 'a' AS k UNION ALL SELECT 'b')"
                   " WHERE plan = :plan AND number <= 2"},
    {"items.report", "[sheet]\ntitle L\nname It's\nlayout list\n[column name]\n[column price]\ntotal sum\n[column unit]\n"},
    {"items.sql", "SELECT 'x' AS name, 2 AS price, 3 AS unit UNION ALL SELECT 'y', 3, 4 UNION ALL SELECT 'z', 4, 5"},
    {"keys.report", "[sheet]\ntitle K\nname Keys\nlayout list\nkey key\n[column value]\n"},
    {"test.book", "[book]\nsheet series\nsheet items\nsheet keys\n"},
    {"keys.sql", "SELECT 'first' AS key, 1 AS value UNION ALL SELECT 'second', 2"},
};

static int set_up(void **state)
{
    char path[128];
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[f].name);
        FILE *file = fopen(path, "w");
        if (!file)
            return 1;
        fputs(files[f].text, file);
        fclose(file);
    }
    fixture_open(&fixture);
    const struct fab_book_source source = fixture_source(&fixture, folder);
    return fab_book_open(fixture.context, &source, "test", &book) != FAB_OK;
}

static int tear_down(void **state)
{
    char path[128];
    (void)state;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[f].name);
        unlink(path);
    }
    rmdir(folder);
    fab_book_close(book);
    fixture_close(&fixture);
    return 0;
}

/* My series: title, check, blank, days, discount, header, then two blocks of three rows from row 7; periods in E and F.
 * It's: title, check, blank, totals, header, three rows from row 6. Keys: title, check, blank, header, rows 5 and 6. */
static void expands(void **state)
{
    (void)state;
    const struct fab_sheet *series = fab_book_find(book, "series"), *items = fab_book_find(book, "items");
    const struct {
        const struct fab_sheet *sheet;
        int row, column;
        const char *pattern, *formula;
    } cases[] = {
        {series, 2, FAB_SERIES_FIRST, "=IF({demand}=0,1,{shipped}/{demand})", "=IF(E7=0,1,E8/E7)"},
        {series, 3, FAB_SERIES_FIRST + 1, "={stock}", "=F12"},
        {series, 3, FAB_SERIES_FIRST + 1, "={prev:stock}", "=E12"},
        {items, 0, 0, "=SUM({of:keys.value|second})", "=SUM('Keys'!$A$6)"},
        {items, 0, 0, "=SUM({of:series.stock|b})", "=SUM('My series'!$E$12:$F$12)"},
        {series, 0, FAB_SERIES_FIRST + 1, "={axis:days}*1E-3", "=F$4*1E-3"},
        {series, 0, FAB_SERIES_FIRST + 1, "=({column:items.name}={period})", "=('It''s'!$A$6:$A$8=F$6)"},
        {series, 4, FAB_SERIES_FIRST + 1, "={period_sum:series.shipped}",
         "=SUMIFS('My series'!$F$7:$F$12,'My series'!$C$7:$C$12,\"shipped\")"},
        {series, 0, FAB_SERIES_TOTAL, "=SUM({periods})", "=SUM(E7:F7)"},
        {series, 1, FAB_SERIES_TOTAL, "={first}-{last}", "=E8-F8"},
        {series, 4, FAB_SERIES_TOTAL, "={shipped}/{demand}", "=D11/D10"},
        {items, 2, 1, "={price}*{unit}", "=B8*C8"},
        {items, -1, 1, "={price}*{unit}", "=B4*C4"},
        {items, -1, 1, "=SUBTOTAL(109,{rows})", "=SUBTOTAL(109,B6:B8)"},
        {items, 0, 1, "={sum:items.price}", "=SUM('It''s'!$B$6:$B$8)"},
        {items, 0, 1, "={sum:series.demand}", "=SUMIFS('My series'!$D$7:$D$12,'My series'!$C$7:$C$12,\"Demand\")"},
        {items, 0, 1, "=SUMPRODUCT({what:series.stock}*({grid:series}<0.5))",
         "=SUMPRODUCT(('My series'!$C$7:$C$12=\"stock\")*('My series'!$E$7:$F$12<0.5))"},
        {items, 0, 1, "=SUM({axis:series.discount})+SUM({totals:series})", "=SUM('My series'!$E$5:$F$5)+SUM('My series'!$D$7:$D$12)"},
        {items, 0, 1, "=({periods:series}<>\"\")", "=('My series'!$E$6:$F$6<>\"\")"},
        {items, 0, 1, "={cell:keys.second}", "='Keys'!$A$6"},
        {items, 0, 1, "=-(+1%<=.5E+2)&\"a\"\"b\" & TEXT({price} , \"0.0\")", "=-(+1%<=.5E+2)&\"a\"\"b\" & TEXT(B6 , \"0.0\")"},
        {items, 0, 1, "=IFERROR(0*SUM({all:series}),1)", "=IFERROR(0*SUM('My series'!$A$7:$F$12),1)"},
    };
    struct fab_buffer formula = {0};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct fab_place place = {cases[c].sheet, cases[c].row, cases[c].column};
        fab_status status = fab_pattern_expand(book, place, cases[c].pattern, 7, &formula);
        if (status)
            fail_msg("%s: %s", cases[c].pattern, fab_context_message(fixture.context));
        assert_string_equal(formula.text, cases[c].formula);
    }
    fab_buffer_fini(&formula);
}

static void refuses(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "1+1",                               /* no = */
        "=A1",                               /* an address */
        "=WEBSERVICE(\"http://x.example\")", /* a function that is not allowed */
        "=HYPERLINK(\"http://x.example\")",
        "=[book.xlsx]Sheet!A1", /* an external reference */
        "='Cover'!A1",
        "=cmd|'/c calc'!A1",
        "=SUM", /* a function without its parenthesis */
        "=sum(1)",
        "={nothing}",       /* no such column */
        "={sum:nowhere.x}", /* no such sheet */
        "={sum:items.nothing}",
        "={sum:series.stock}",         /* a stock has no sum over time */
        "={what:items.price}",         /* not a series */
        "={column:series.demand}",     /* not a list */
        "={period_sum:series.demand}", /* not from a list */
        "={prev:demand}",              /* not of a series */
        "={cell:keys.nothing}",
        "={sum:items}", /* a part is missing */
        "={unknown:items.price}",
        "={price", /* no end */
        "={}",
        "=\"open",
        "=1;2",
        "=1.2.3", /* two numbers, and no operator between them */
        "=.",
        "={price} {unit}",
        "=",
        "={price}+",
        "=*2",
        "=1<=>2",
        "=(1",
        "=1)",
        "=()",
        "=(1,2)",
        "=SUM()",
        "=SUM(1,,2)",
        "=\"\xC3\"",
        "=\"\x01\"",
        "=1\n",
        "=\xC3\xA4",
    };
    struct fab_buffer formula = {0};
    const struct fab_place place = {fab_book_find(book, "items"), 0, 3};
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        fab_status status = fab_pattern_expand(book, place, patterns[p], 7, &formula);
        if (status != FAB_INPUT)
            fail_msg("taken: %s as %s", patterns[p], formula.text);
        assert_int_equal(strncmp(fab_context_message(fixture.context), "items.report:7: formula: ", 25), 0);
    }
    fab_buffer_fini(&formula);
}

static void refuses_what_is_too_long(void **state)
{
    (void)state;
    static char pattern[9002] = "=1";
    struct fab_buffer formula = {0};
    for (size_t i = 2; i < 9000; i += 2)
        memcpy(pattern + i, "+1", 3);
    assert_int_equal(fab_pattern_expand(book, (struct fab_place){fab_book_find(book, "items"), 0, 3}, pattern, 7, &formula), FAB_INPUT);
    fab_buffer_fini(&formula);
}

static void writes_addresses(void **state)
{
    (void)state;
    static const struct {
        int row, column, fixed;
        const char *text;
    } cases[] = {
        {0, 0, 0, "A1"},    {9, 25, FAB_FIXED, "$Z$10"}, {0, 26, FAB_FIXED_ROW, "AA$1"}, {1048575, 16383, FAB_FIXED_COLUMN, "$XFD1048576"},
        {0, 701, 0, "ZZ1"}, {0, 702, 0, "AAA1"}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct fab_buffer text = {0};
        fab_add_address(&text, cases[c].row, cases[c].column, cases[c].fixed);
        assert_string_equal(text.text, cases[c].text);
        fab_buffer_fini(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expands),
        cmocka_unit_test(refuses),
        cmocka_unit_test(refuses_what_is_too_long),
        cmocka_unit_test(writes_addresses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
