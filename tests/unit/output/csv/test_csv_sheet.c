/* Reports as CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <sys/stat.h>
#include <unistd.h>

#include "book_fixture.h"
#include "csv_sheet.h"

static struct fixture fixture;

static int set_up(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static char *print(const char *report, const char *folder)
{
    const struct fab_book_source source = fixture_source(&fixture, folder);
    struct fab_csv_sheet csv;
    if (fab_csv_sheet_print(fixture.context, &source, report, &csv) != FAB_OK)
        fail_msg("%s", fab_context_message(fixture.context));
    assert_int_equal(strlen(csv.text), csv.size);
    return csv.text;
}

static int count_lines(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void prints_a_list(void **state)
{
    (void)state;
    static const char head[] = "name,customer,year,demanded_usd,shipped_usd,on_time_usd,late_usd,late_days,short_usd,fill,on_time\n"
                               "\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\",\"'=2+2\",2027,";
    char *text = print("customers", NULL);
    assert_int_equal(strncmp(text, head, sizeof head - 1), 0);
    assert_int_equal(count_lines(text), 13);
    assert_non_null(strstr(text, "\n\"Orbit \"\"Sats\"\" <GmbH>\",ORBIT,2027,"));
    free(text);
}

static void prints_a_series(void **state)
{
    (void)state;
    char *text = print("budget", NULL);
    assert_int_equal(strncmp(text, "label,unit,measure,total,2027-01,2027-02,", 41), 0);
    assert_int_equal(count_lines(text), 6);
    assert_non_null(strstr(text, "\n\"Money for tools, cumulative\",USD,Spent,22500000,0,7500000,7500000,"));
    free(text);
}

static void prints_an_axis_with_dates(void **state)
{
    (void)state;
    char *text = print("periods", NULL);
    assert_int_equal(strncmp(text, "start_date,days,discount\n2027-01-01,31,1\n2027-02-01,28,0.", 57), 0);
    assert_int_equal(count_lines(text), 49);
    free(text);
}

/* RFC 4180, and every first character that makes a spreadsheet run a text. */
static void quotes(void **state)
{
    (void)state;
    char folder[] = "/tmp/fabplan-csv-XXXXXX", report[128], sql[128];
    assert_non_null(mkdtemp(folder));
    snprintf(report, sizeof report, "%s/mine.report", folder);
    snprintf(sql, sizeof sql, "%s/mine.sql", folder);
    FILE *file = fopen(report, "w");
    fputs("[sheet]\ntitle Mine\nname Mine\nlayout list\n[column a]\n[column b]\n", file);
    fclose(file);
    file = fopen(sql, "w");
    fputs("SELECT '=1' AS a, '+1' AS b UNION ALL SELECT '-1', '@x' UNION ALL SELECT char(9) || 'x', 'a,b' UNION ALL SELECT 'say \"hi\"', "
          "'two' || char(10) || 'lines'"
          " UNION ALL SELECT NULL, 0.1 UNION ALL SELECT -5, 'plain - text' UNION ALL SELECT '', 1e300",
          file);
    fclose(file);
    char *text = print("mine", folder);
    assert_string_equal(text,
                        "a,b\n\"'=1\",\"'+1\"\n\"'-1\",\"'@x\"\n\"'\tx\",\"a,b\"\n\"say \"\"hi\"\"\",\"two\nlines\"\n,0.10000000000000001\n"
                        "-5,plain - text\n,1.0000000000000001e+300\n");
    free(text);
    unlink(report);
    unlink(sql);
    rmdir(folder);
}

static void writes_a_file(void **state)
{
    (void)state;
    char path[] = "/tmp/fabplan-csv-XXXXXX", bytes[26] = "";
    int file = mkstemp(path);
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    assert_int_equal(fab_csv_sheet_write(fixture.context, &source, "periods", path), FAB_OK);
    close(file);
    FILE *stream = fopen(path, "r");
    assert_int_equal(fread(bytes, 1, 25, stream), 25);
    assert_string_equal(bytes, "start_date,days,discount\n");
    fclose(stream);
    unlink(path);
}

static void knows_its_reports(void **state)
{
    (void)state;
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    struct fab_csv_sheet csv;
    assert_int_equal(fab_csv_sheet_print(fixture.context, &source, "alocation", &csv), FAB_USAGE);
    assert_string_equal(fab_context_message(fixture.context), "there is no report `alocation`; did you mean allocation");
    assert_null(csv.text);
    /* the definition of the sheets of all input tables is no sheet itself */
    assert_int_equal(fab_csv_sheet_print(fixture.context, &source, "input", &csv), FAB_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_a_list), cmocka_unit_test(prints_a_series), cmocka_unit_test(prints_an_axis_with_dates),
        cmocka_unit_test(quotes),        cmocka_unit_test(writes_a_file),   cmocka_unit_test(knows_its_reports),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
