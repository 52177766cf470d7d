/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports.h"

#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FIELDS_MAX = 16, FIELD_SIZE = 64 };

/* A table: columns, then rows; fields between |. Empty is NULL, what begins like a number is one, with a point a real one. */
struct canned {
    const char *name, *definition, *rows;
};

static const struct canned canned[] = {
    {"two", "[sheet]\nlayout axis\nkey period\n[column days]\n[column discount]\nnumber factor\n",
     "period|days|discount\n2027-01|31|1\n2027-02|28|0.99\n"},
    {"series",
     "[sheet]\ntitle S\nname My series\nlayout series\naxis two\nrow k\nlabel k\nperiod p\n[column demand]\nheader "
     "Demand\ntotal "
     "sum\n[column shipped]\ntotal sum\n[column stock]\ntotal last\n",
     "k|p|demand|shipped|stock\na|2027-01|10|9|1\na|2027-02|10|9.5|0.5\nb|2027-01|4|4|\nb|2027-02|0|0|0\n"},
    {"items", "[sheet]\ntitle L\nname It's\nlayout list\n[column name]\n[column price]\ntotal sum\n[column unit]\n",
     "name|price|unit\nx|2|3\ny|3.5|4\nz||5\n"},
    {"keys", "[sheet]\ntitle K\nname Keys\nlayout list\nkey key\n[column value]\n", "key|value\nfirst|1\nsecond|2\n"},
    {"fuzz", NULL,
     "key|name|period|day|price|count|share|none|format|formula|unit|value|status|large|bad\n"
     "a|Anna|2027-01|2027-01-31|2.5|1|0.5||usd|={price}+1|USD|7|OK|4000000|=2+2\n"
     "a|Bert|2027-02|2027-02-28|-2.5|0|1||percent|={price}|kg|text|ERROR|-7000|_x0041_\n"
     "b|Zoë|2027-01||1e300|-3|0||date|=SUM({rows})|USD||OK|123456789012|a,\"b\"\n"
     "subject|The subject|2027-02|1899-12-31||12|||none|=1||3|OK||\n"},
};

static const char *write_folder(void)
{
    static char folder[FUZZ_PATH_SIZE];
    char name[FIELD_SIZE], path[FUZZ_PATH_SIZE];
    if (*folder)
        return folder;
    mkdir(fuzz_path(folder, "reports"), 0777);
    for (size_t c = 0; c < sizeof canned / sizeof *canned; c++) {
        snprintf(name, sizeof name, "reports/%s.sql", canned[c].name);
        fuzz_write(fuzz_path(path, name), "SELECT 1", strlen("SELECT 1"));
        snprintf(name, sizeof name, "reports/%s.report", canned[c].name);
        if (canned[c].definition)
            fuzz_write(fuzz_path(path, name), canned[c].definition, strlen(canned[c].definition));
    }
    static const char book[] = "[book]\nsheet series\nsheet items\nsheet keys\n";
    fuzz_write(fuzz_path(path, "reports/fuzz.book"), book, strlen(book));
    fuzz_write(fuzz_path(path, "reports/none.sql"), "none ", strlen("none "));
    fuzz_write(fuzz_path(path, "reports/nulls.sql"), "nulls ", strlen("nulls "));
    return folder;
}

static fab_value read_value(fab_table *table, const char *field)
{
    char *end;
    double number = strtod(field, &end);
    if (!*field)
        return (fab_value){.type = FAB_NULL};
    if (*end)
        return fab_text(fab_table_keep(table, field));
    return strpbrk(field, ".e") ? fab_real(number) : fab_integer((int64_t)number);
}

/* Cuts a line into fields; how many. *line then is the next one. */
static int cut_line(const char **line, char fields[FIELDS_MAX][FIELD_SIZE])
{
    int count = 0;
    for (bool more = true; more && count < FIELDS_MAX; count++) {
        size_t length = strcspn(*line, "|\n");
        snprintf(fields[count], FIELD_SIZE, "%.*s", (int)length, *line);
        more = (*line)[length] == '|';
        *line += length + 1;
    }
    return count;
}

static fab_table *make_table(const struct canned *source)
{
    char fields[FIELDS_MAX][FIELD_SIZE];
    const char *names[FIELDS_MAX], *line = source->rows;
    int columns = cut_line(&line, fields);
    for (int c = 0; c < columns; c++)
        names[c] = fields[c];
    fab_table *table = fab_table_new(source->name, names, columns);
    FUZZ_CHECK(table, "out of memory");
    while (*line) {
        int count = cut_line(&line, fields);
        fab_value *row = fab_table_add_row(table);
        FUZZ_CHECK(row && count == columns, "a row of %d fields in %s", count, source->name);
        for (int c = 0; c < columns; c++)
            row[c] = read_value(table, fields[c]);
    }
    return table;
}

/* `with none` gives no rows, `with nulls` one without values. */
static const struct canned *find_canned(const char *sql, const char *origin)
{
    static const struct canned none = {"none", NULL, "key|period|price\n"}, nulls = {"nulls", NULL, "key|period|price\n||\n"};
    if (strncmp(sql, "none", strlen("none")) == 0)
        return &none;
    if (strncmp(sql, "nulls", strlen("nulls")) == 0)
        return &nulls;
    for (size_t c = 0; c < sizeof canned / sizeof *canned; c++)
        if (strlen(canned[c].name) == strcspn(origin, ".") && strncmp(origin, canned[c].name, strcspn(origin, ".")) == 0)
            return &canned[c];
    return NULL;
}

static fab_status select_canned(void *user, const char *sql, const char *origin, fab_table **result)
{
    const struct canned *found = find_canned(sql, origin);
    *result = found ? make_table(found) : NULL;
    return found ? FAB_OK : fab_fail(user, FAB_INPUT, "%s: no rows", origin);
}

struct fab_book_source fuzz_reports_source(fab_context *context)
{
    static const struct fab_input_table table = {"bom", "bills of material", "item, component"};
    return (struct fab_book_source){
        .reports_folder = write_folder(), .tables = &table, .table_count = 1, .select = select_canned, .user = context};
}
