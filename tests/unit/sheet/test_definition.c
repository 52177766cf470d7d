/* The .report language: what is read, and what is refused where.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <stdlib.h>
#include <string.h>

#include "definition.h"
#include "numbers.h"

static fab_status parse(fab_context *context, fab_arena *arena, const char *text, struct fab_report *report)
{
    return fab_report_parse(context, arena, "x.report", text, strlen(text), report);
}

#define HEAD "[sheet]\ntitle T\nname N\nlayout list\n"

static void reads_a_definition(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_arena *arena = fab_arena_new();
    struct fab_report report;
    const char *text =
        "# a remark\r\n[sheet]\r\ntitle   A title: with [brackets]\nname Sheet\nbook planner after cover\nbook finance\nlayout list\n\n"
        "[column a]\nheader The a\nnumber usd\ntotal sum\n[column b]\nformula ={a}\n   +1\n\t+2\nwidth 12\n"
        "[format]\ncolumn b\nwhen >= 0.95\nstyle alarm\n";
    assert_int_equal(parse(context, arena, text, &report), FAB_OK);
    assert_string_equal(report.title.text, "A title: with [brackets]");
    assert_string_equal(report.stem, "x");
    assert_int_equal(report.layout, FAB_LAYOUT_LIST);
    assert_int_equal(report.books.count, 2);
    assert_string_equal(report.books.items[1].text, "finance");
    assert_int_equal(report.column_count, 2);
    assert_string_equal(report.columns[0].header.text, "The a");
    assert_int_equal(report.columns[0].number, FAB_NUMBER_USD + 1);
    assert_int_equal(report.columns[0].total, FAB_TOTAL_SUM);
    assert_int_equal(report.columns[1].width, 12);
    assert_int_equal(report.columns[1].formula.line, 14);
    assert_int_equal(strncmp(report.columns[1].formula.text, "={a}", 4), 0);
    assert_non_null(strstr(report.columns[1].formula.text, "+1"));
    assert_non_null(strstr(report.columns[1].formula.text, "+2"));
    assert_int_equal(report.rules[0].line, 18);
    fab_arena_free(arena);
    fab_context_free(context);
}

static void refuses_with_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } faults[] = {
        {"title T\n", "x.report:1: a key before the first section"},
        {"[sheet]\n[page]\n", "x.report:2: unknown section `page`"},
        {"[sheet\n", "x.report:1: a section without its ]"},
        {"[sheet]\ntitel T\n", "x.report:2: unknown key `titel`; not a key of [sheet], did you mean title"},
        {"[sheet]\ntitle\n", "x.report:2: no value for key `title`"},
        {"[sheet]\ntitle A\ntitle B\n", "x.report:3: given twice: key `title`"},
        {"[sheet]\nlayout sideways\n", "x.report:2: unknown word `sideways`; one of list|series|cover|page|axis"},
        {"[sheet]\nfreeze two\n", "x.report:2: not a count: `two`"},
        {HEAD "[column a]\nnumber dollars\n", "x.report:6: unknown number format `dollars`"},
        {HEAD "[column a]\n[column a]\n", "x.report:6: a second column `a`"},
        {HEAD "[column]\n", "x.report:5: unknown section `column`"},
        {HEAD "[chart one]\n", "x.report:5: unknown section `chart`; only [column NAME] has a name"},
        {HEAD "[sheet]\n", "x.report:5: a second section `sheet`"},
        {HEAD, "x.report:1: missing: `[column NAME]`"},
        {HEAD "[column a]\n[format]\ncolumn a\n", "x.report:6: incomplete section `[format]`"},
        {HEAD "[column a]\n[chart]\ntitle a\n", "x.report:6: incomplete section `[chart]`"},
        {"[sheet]\nlayout list\ntitle T\n[column a]\n", "x.report:1: missing key `name`"},
        {"[sheet]\nlayout series\ntitle T\nname N\nrow r\nlabel l\nperiod p\n[column a]\n", "x.report:1: missing key `axis`"},
        {"[sheet]\nlayout axis\nkey k\nbook b 1\n[column a]\n", "x.report:1: not a key of an axis: `book`"},
        {"[sheet]\ntitle \xC3\n", "x.report:2: not UTF-8, or a control character: `title ?`"},
        {"[sheet]\ntitle T\n  a\x01\n", "x.report:2: not UTF-8, or a control character"},
        {"", "x.report:1: missing: `[sheet]`"},
    };
    for (size_t f = 0; f < sizeof faults / sizeof *faults; f++) {
        fab_context *context = fab_context_new();
        fab_arena *arena = fab_arena_new();
        struct fab_report report;
        assert_int_equal(parse(context, arena, faults[f].text, &report), FAB_INPUT);
        if (strncmp(fab_context_message(context), faults[f].message, strlen(faults[f].message)) != 0)
            fail_msg("%s\n  expected %s", fab_context_message(context), faults[f].message);
        fab_arena_free(arena);
        fab_context_free(context);
    }
}

static void refuses_a_nul(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_arena *arena = fab_arena_new();
    struct fab_report report;
    assert_int_equal(fab_report_parse(context, arena, "x.report", "[sheet]\0junk", 12, &report), FAB_INPUT);
    fab_arena_free(arena);
    fab_context_free(context);
}

static void has_fourteen_number_formats(void **state)
{
    (void)state;
    assert_int_equal(FAB_NUMBER_FORMATS, 14);
    for (int n = 0; n < FAB_NUMBER_FORMATS; n++)
        assert_int_equal(fab_number_find(fab_number_formats[n].name), n);
    assert_int_equal(fab_number_find("none"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_definition),
        cmocka_unit_test(refuses_with_file_and_line),
        cmocka_unit_test(refuses_a_nul),
        cmocka_unit_test(has_fourteen_number_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
