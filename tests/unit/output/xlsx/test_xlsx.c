/* Workbooks on disk: complete or not at all, the same bytes for the same plan, and nothing from data that runs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <minizip/unzip.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "book.h"
#include "book_fixture.h"
#include "csv_sheet.h"
#include "verify.h"
#include "xlsx.h"

struct folder {
    char path[64];
    char file[128];
};

static struct fixture fixture;

static int set_up(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    strcpy(folder->path, "/tmp/fabplan-report-XXXXXX");
    if (!mkdtemp(folder->path))
        return 1;
    snprintf(folder->file, sizeof folder->file, "%s/plan.xlsx", folder->path);
    fixture_open(&fixture);
    *state = folder;
    return 0;
}

static int count_files(const char *path)
{
    struct dirent **names = NULL;
    int count = scandir(path, &names, NULL, NULL);
    for (int n = 0; n < count; n++)
        free(names[n]);
    free(names);
    return count - 2;
}

static int tear_down(void **state)
{
    struct folder *folder = *state;
    struct dirent **names = NULL;
    char path[512];
    int count = scandir(folder->path, &names, NULL, NULL);
    for (int n = 0; n < count; n++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, names[n]->d_name);
        unlink(path);
        free(names[n]);
    }
    free(names);
    rmdir(folder->path);
    free(folder);
    fixture_close(&fixture);
    return 0;
}

static fab_status write_to(const char *path, const char *reports)
{
    const struct fab_book_source source = fixture_source(&fixture, reports);
    return fab_xlsx_write(fixture.context, &source, "planner", path);
}

static char *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* One part of the workbook as text. */
static char *read_part(const char *path, const char *name)
{
    unz_file_info info;
    unzFile zip = unzOpen(path);
    assert_non_null(zip);
    assert_int_equal(unzLocateFile(zip, name, 1), UNZ_OK);
    assert_int_equal(unzGetCurrentFileInfo(zip, &info, NULL, 0, NULL, 0, NULL, 0), UNZ_OK);
    char *text = malloc(info.uncompressed_size + 1);
    assert_int_equal(unzOpenCurrentFile(zip), UNZ_OK);
    assert_int_equal(unzReadCurrentFile(zip, text, (unsigned)info.uncompressed_size), (int)info.uncompressed_size);
    text[info.uncompressed_size] = '\0';
    unzCloseCurrentFile(zip);
    unzClose(zip);
    return text;
}

static void gives_the_same_bytes(void **state)
{
    const struct folder *folder = *state;
    size_t first_size, second_size;
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    char *first = read_all(folder->file, &first_size);
    /* other time, time zone and, where there is one, a locale with a decimal comma */
    sleep(1);
    setenv("TZ", "Pacific/Kiritimati", 1);
    (void)(setlocale(LC_ALL, "de_DE.UTF-8") || setlocale(LC_ALL, "C.UTF-8"));
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    setlocale(LC_ALL, "C");
    unsetenv("TZ");
    char *second = read_all(folder->file, &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    assert_int_equal(count_files(folder->path), 1);
    free(first);
    free(second);
}

/* A customer called =2+2 with the name =HYPERLINK(...) is text; no part of the book links outside. */
static void keeps_data_as_text(void **state)
{
    const struct folder *folder = *state;
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    char *strings = read_part(folder->file, "xl/sharedStrings.xml"), *sheet = read_part(folder->file, "xl/worksheets/sheet2.xml");
    char *links = read_part(folder->file, "[Content_Types].xml");
    assert_non_null(strstr(strings, "<t>=2+2</t>"));
    assert_non_null(strstr(strings, "=HYPERLINK("));
    assert_null(strstr(sheet, "HYPERLINK"));
    assert_null(strstr(sheet, "<f>2+2"));
    assert_null(strstr(links, "externalLink"));
    assert_null(strstr(links, "vbaProject"));
    free(strings);
    free(sheet);
    free(links);
}

static void keeps_the_old_file_when_interrupted(void **state)
{
    const struct folder *folder = *state;
    size_t size;
    put_file(folder->path, "plan.xlsx", "old");
    fixture.interrupt_at = 5;
    assert_int_equal(write_to(folder->file, NULL), FAB_INTERRUPTED);
    char *bytes = read_all(folder->file, &size);
    assert_string_equal(bytes, "old");
    assert_int_equal(count_files(folder->path), 1);
    free(bytes);
}

/* Interrupted after every SELECT, that is before any and every later stage. */
static void leaves_nothing_when_interrupted(void **state)
{
    const struct folder *folder = *state;
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    int selects = fixture.selects;
    unlink(folder->file);
    fixture.selects = 0;
    fixture.interrupt_at = selects;
    assert_int_equal(write_to(folder->file, NULL), FAB_INTERRUPTED);
    assert_int_equal(count_files(folder->path), 0);
}

/* Files may not grow beyond a limit, as on a full disk: in a process of its own, for every limit of a ladder. */
static void keeps_the_old_file_on_a_full_disk(void **state)
{
    const struct folder *folder = *state;
    static const rlim_t limits[] = {0, 100, 5000, 50000, 300000};
    size_t size;
    put_file(folder->path, "plan.xlsx", "old");
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        pid_t child = fork();
        if (child == 0) {
            const struct rlimit limit = {limits[l], limits[l]};
            signal(SIGXFSZ, SIG_IGN);
            if (!freopen("/dev/null", "w", stderr))
                _exit(1);
            setrlimit(RLIMIT_FSIZE, &limit);
            _exit(write_to(folder->file, NULL) == FAB_OUTPUT ? 0 : 1);
        }
        int result = -1;
        waitpid(child, &result, 0);
        if (!WIFEXITED(result) || WEXITSTATUS(result) != 0)
            fail_msg("limit %ld: not refused as output (%d)", (long)limits[l], result);
        char *bytes = read_all(folder->file, &size);
        assert_string_equal(bytes, "old");
        free(bytes);
        assert_int_equal(count_files(folder->path), 1);
    }
}

static void refuses_paths_it_cannot_write(void **state)
{
    const struct folder *folder = *state;
    char path[256];
    snprintf(path, sizeof path, "%s/missing/plan.xlsx", folder->path);
    assert_int_equal(write_to(path, NULL), FAB_OUTPUT);
    snprintf(path, sizeof path, "%s/folder.xlsx", folder->path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(write_to(path, NULL), FAB_OUTPUT);
    assert_int_equal(rmdir(path), 0);
    snprintf(path, sizeof path, "%s/pipe.xlsx", folder->path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(write_to(path, NULL), FAB_OUTPUT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(write_to(folder->path, NULL), FAB_USAGE);
    assert_int_equal(write_to("/dev/null", NULL), FAB_USAGE);
}

/* Where the data of each part begin and end. */
static int find_parts(const char *path, size_t begins[], size_t ends[], int most)
{
    int count = 0;
    unz_file_info info;
    unzFile zip = unzOpen(path);
    for (int result = unzGoToFirstFile(zip); result == UNZ_OK && count < most; result = unzGoToNextFile(zip), count++) {
        assert_int_equal(unzGetCurrentFileInfo(zip, &info, NULL, 0, NULL, 0, NULL, 0), UNZ_OK);
        assert_int_equal(unzOpenCurrentFile(zip), UNZ_OK);
        begins[count] = (size_t)unzGetCurrentFileZStreamPos64(zip);
        ends[count] = begins[count] + info.compressed_size;
        unzCloseCurrentFile(zip);
    }
    unzClose(zip);
    return count;
}

static void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

/* The read-back sees a workbook that is changed in one bit of a part, cut off, or of another plan: tried on the parts that are of one kind each, and on every tenth sheet. */
static void reads_back(void **state)
{
    enum { EACH = 12, EVERY = 10 };
    const struct folder *folder = *state;
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    struct fab_book *book = NULL, *other = NULL;
    size_t size, begins[200], ends[200];
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    assert_int_equal(fab_book_open(fixture.context, &source, "planner", &book), FAB_OK);
    assert_int_equal(fab_xlsx_verify(book, folder->file), FAB_OK);
    char *bytes = read_all(folder->file, &size);
    int parts = find_parts(folder->file, begins, ends, 200);
    assert_true(parts > 70);
    for (int p = 0; p < parts; p += p < EACH ? 1 : EVERY) { /* each verification reads the whole book */
        size_t place = begins[p] + (ends[p] - begins[p]) / 2;
        bytes[place] = (char)(bytes[place] ^ 0x10);
        write_bytes(folder->file, bytes, size);
        bytes[place] = (char)(bytes[place] ^ 0x10);
        if (fab_xlsx_verify(book, folder->file) != FAB_OUTPUT)
            fail_msg("a changed bit at %zu was not seen", place);
        if (p % EVERY != 0)
            continue;
        write_bytes(folder->file, bytes, place);
        assert_int_equal(fab_xlsx_verify(book, folder->file), FAB_OUTPUT);
    }
    free(bytes);
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    char *message = NULL;
    assert_int_equal(
        sqlite3_exec(fixture.database, "UPDATE tool_group SET name = 'Renamed' WHERE tool_group = 'L_05'", NULL, NULL, &message),
        SQLITE_OK);
    assert_int_equal(fab_book_open(fixture.context, &source, "planner", &other), FAB_OK);
    assert_int_equal(fab_xlsx_verify(other, folder->file), FAB_OUTPUT);
    assert_non_null(strstr(fab_context_message(fixture.context), "another text than in the tables"));
    fab_book_close(book);
    fab_book_close(other);
}

/* What a planner adds in a folder of reports, and what is refused before anything is written. */
static void takes_and_refuses_reports_of_a_folder(void **state)
{
    const struct folder *folder = *state;
    static const struct {
        const char *report, *sql, *message; /* NULL: it is taken */
    } cases[] = {
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\ncolumns all\n", "SELECT 1 AS a, 'b' AS b", NULL},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column c]\n", "SELECT 1 AS a",
         "mine.report:6: mine.sql gives no column `c`"},
        {"[sheet]\ntitle Mine\nname Cover\nbook tiny\nlayout list\ncolumns all\n", "SELECT 1 AS a",
         "mine.report:3: a second sheet named `Cover`"},
        {"[sheet]\ntitle Mine\nname a/b\nbook tiny\nlayout list\ncolumns all\n", "SELECT 1 AS a",
         "mine.report:3: `a/b` cannot name a sheet"},
        {"[sheet]\ntitle Mine\nname This name is longer than sheets may be\nbook tiny\nlayout list\ncolumns all\n", "SELECT 1 AS a",
         "mine.report:3: the sheet's name has"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\nheader X\n[column b]\nheader x\n", "SELECT 1 AS a, 2 AS b",
         "mine.report:8: two columns with the header `x`"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\ncolumns all\n", "SELECT 1e999 AS a",
         "mine.sql: row 1, column `a`: not a finite number"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\ncolumns all\n", "SELECT CAST(x'61ff62' AS TEXT) AS a",
         "mine.sql: row 1, column `a`: text that is not valid UTF-8"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\ncolumns all\n", "SELECT 'a' || char(7) AS a",
         "mine.sql: row 1, column `a`: text that"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\ncolumns all\n", "SELECT printf('%040000d', 1) AS a",
         "mine.sql: row 1, column `a`: text longer"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\nnumber date\n", "SELECT 'soon' AS a",
         "mine.sql: row 1, column `a`: not a date"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\nformula =1/0\n", "SELECT 1 AS b",
         "mine.report:7: formula: row 1, column 1 of the data: its value is the error #DIV/0!: `=1/0`"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\nformula =INDIRECT(1)\n", "SELECT 1 AS a",
         "mine.report:7: formula: not allowed in a formula: `INDIRECT(1)`"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\n[format]\ncolumn a\nwhen >=INDIRECT(1)\nstyle "
         "alarm\n",
         "SELECT 1 AS a", "mine.report:9: not a condition"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\n[column b]\n[format]\ncolumn b\nthrough a\nwhen > 1\nstyle alarm\n", "SELECT 1 AS a, 2 AS b",
         "mine.report:10: there is no column `a` behind `b`"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\n[column a]\n[format]\ncolumn a\nrows x\nwhen > 1\nstyle alarm\n", "SELECT 1 AS a",
         "mine.report:9: rows: the sheet has no row_style"},
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\n[column a]\n[chart]\ntype bar\ntitle T\nalt A\nfrom why_short\nseries quantity\n", "SELECT 1 AS a",
         "mine.report:11: `why_short` is no series: its chart needs a category"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout series\naxis periods\nrow r\nlabel r\nperiod p\n[column a]\n",
         "SELECT 'r' AS r, '2027-01' AS p, 1 AS a UNION ALL SELECT 'r', '2027-01', 2",
         "mine.sql: row 2: `r` in period `2027-01` is there twice (row 1)"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout series\naxis periods\nrow r\nlabel r\nperiod p\n[column a]\n",
         "SELECT 'r' AS r, '1999-01' AS p, 1 AS a", "mine.sql: row 1: `1999-01` is no period of periods.sql"},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\ncolumns all\n", "SELEKT 1", "mine.sql: near \"SELEKT\""},
        /* a common table expression of another file; a chart of a series elsewhere in the book */
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\nwith yield_base\ncolumns all\n",
         ", b AS (SELECT 1 AS a) SELECT a FROM b", NULL},
        {"[sheet]\ntitle Mine\nname Mine\nbook tiny\nlayout list\nwith nothing\ncolumns all\n", "SELECT 1 AS a",
         "mine.report:6: there is no nothing.sql"},
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\ncolumns all\n[chart]\ntype line\ntitle T\ntitle_from t\nalt A\n"
         "from capacity\nseries utilisation\nrows 3\n",
         "SELECT 1 AS a, 'Says who' AS t", NULL},
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\ncolumns all\n[chart]\ntype line\ntitle T\nalt A\nfrom customers\n"
         "series fill\n",
         "SELECT 1 AS a", "mine.report:11: `customers` is no series: its chart needs a category"},
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\ncolumns all\n[chart]\ntype line\ntitle T\nalt A\nfrom capacity\n"
         "series nothing\n",
         "SELECT 1 AS a", "mine.report:12: there is no column `nothing`"},
        {"[sheet]\ntitle Mine\nname Mine\nbook planner\nlayout list\ncolumns all\n[chart]\ntype line\ntitle T\ntitle_from t\nalt A\n"
         "from capacity\nseries utilisation\n",
         "SELECT 1 AS a", "mine.report:10: mine.sql gives no column `t`"},
    };
    put_file(folder->path, "front.report", "[sheet]\ntitle Front\nname Cover\nlayout cover\n[column value]\n");
    put_file(folder->path, "front.sql", "SELECT 1 AS value");
    put_file(folder->path, "tiny.book", "[book]\nsheet front\n");
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        put_file(folder->path, "mine.report", cases[c].report);
        put_file(folder->path, "mine.sql", cases[c].sql);
        const struct fab_book_source source = fixture_source(&fixture, folder->path);
        fab_status status = fab_xlsx_write(fixture.context, &source, strstr(cases[c].report, "book tiny") ? "tiny" : "planner", folder->file);
        if (!cases[c].message)
            assert_int_equal(status, FAB_OK);
        else if (status != FAB_INPUT || strncmp(fab_context_message(fixture.context), cases[c].message, strlen(cases[c].message)) != 0)
            fail_msg("status %d, %s\n  expected %s", status, fab_context_message(fixture.context), cases[c].message);
        assert_int_equal(count_files(folder->path), 5 + (access(folder->file, F_OK) == 0));
        unlink(folder->file);
    }
}

/* A row of the cover with the key `warning` stands on every sheet. */
static void shows_the_warning_of_the_cover(void **state)
{
    const struct folder *folder = *state;
    static const char warning[] = "Half of this is made up";
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname Mine\nlayout list\ncolumns all\n");
    put_file(folder->path, "mine.sql", "SELECT 1 AS a");
    put_file(folder->path, "front.report",
             "[sheet]\ntitle Front\nname Front\nlayout cover\nkey k\nlegend_data Counted\n[column value]\n[column k]\n");
    put_file(folder->path, "front.sql", "SELECT 'warning' AS k, 'Half of this is made up' AS value");
    put_file(folder->path, "mine.book", "[book]\nsheet front\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    char *strings = read_part(folder->file, "xl/sharedStrings.xml"), text[128];
    snprintf(text, sizeof text, "<t>%s</t>", warning);
    assert_non_null(strstr(strings, text));
    assert_non_null(strstr(strings, "<t>Counted</t>"));
    /* the strings are numbered by first use: its number is how many there are before it */
    int number = 0;
    for (const char *s = strings; (s = strstr(s, "<si>")) != NULL && s < strstr(strings, text); s++)
        number++;
    snprintf(text, sizeof text, "t=\"s\"><v>%d</v>", number - 1);
    static const char *const sheets[] = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"};
    for (int s = 0; s < 2; s++) {
        char *sheet = read_part(folder->file, sheets[s]);
        assert_non_null(strstr(sheet, text));
        free(sheet);
    }
    free(strings);
}

/* The cover prints on one page: its facts and the legend below them, not the list of sheets, which is for clicking. */
static void prints_the_cover_on_one_page(void **state)
{
    const struct folder *folder = *state;
    put_file(folder->path, "front.report", "[sheet]\ntitle Front\nname Front\nlayout cover\nkey k\n[column value]\n[column k]\n");
    put_file(folder->path, "front.sql", "SELECT 'a' AS k, 1 AS value UNION ALL SELECT 'b', 2");
    put_file(folder->path, "mine.book", "[book]\nsheet front\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    char *book = read_part(folder->file, "xl/workbook.xml"), *sheet = read_part(folder->file, "xl/worksheets/sheet1.xml");
    const char *area = strstr(book, "Print_Area"), *facts = strstr(sheet, "<row r=\"5\""), *contents = NULL;
    int last = 0, row = 0, rows_with_text = 0;
    assert_non_null(area);
    assert_int_equal(sscanf(area, "Print_Area\" localSheetId=\"0\">Front!$A$1:$B$%d<", &last), 1);
    assert_non_null(strstr(sheet, "fitToPage=\"1\""));
    assert_null(strstr(sheet, "fitToHeight=\"0\""));
    assert_non_null(facts);
    for (const char *r = facts; (r = strstr(r + 1, "<row r=\"")) != NULL && sscanf(r, "<row r=\"%d\"", &row) == 1; rows_with_text++)
        contents = row > last && !contents ? r : contents;
    assert_int_equal(rows_with_text, 3 + 1); /* the legend, and the word Sheets */
    assert_int_equal(row, last + 1);
    assert_non_null(contents);
    free(book);
    free(sheet);
}

/* A data sheet says so in its title and on the cover, and prints an empty cell beside its table. */
static void prints_nothing_of_a_data_sheet(void **state)
{
    const struct folder *folder = *state;
    put_file(folder->path, "front.report", "[sheet]\ntitle Front\nname Front\nlayout cover\n[column value]\n");
    put_file(folder->path, "front.sql", "SELECT 1 AS value");
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname Mine\nlayout list\ntab data\n[column value]\n");
    put_file(folder->path, "mine.sql", "SELECT 1 AS value");
    put_file(folder->path, "mine.book", "[book]\nsheet front\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    char *book = read_part(folder->file, "xl/workbook.xml"), *strings = read_part(folder->file, "xl/sharedStrings.xml");
    assert_non_null(strstr(book, "localSheetId=\"1\">Mine!$C$"));
    assert_non_null(strstr(strings, "Mine · data sheet, not printed"));
    assert_non_null(strstr(strings, "Data, not printed"));
    free(book);
    free(strings);
}

/* A page: headers are rows, a rule is about rows of one look and columns up to one that was left out as empty, a text leads to a row of another sheet, a chart of that sheet stands beside. */
static void puts_blocks_on_a_page(void **state)
{
    const struct folder *folder = *state;
    put_file(folder->path, "front.report",
             "[sheet]\ntitle Front\nname Front\nlayout page\nrow_style look\n[column label]\nrole label\nlink there\n[column a]\nformula_from made\n[column b]\n[column c]\n"
             "[format]\ncolumn a\nthrough c\nrows money\nwhen < 0.9\nstyle alarm\n"
             "[chart]\ntype bar\ntitle T\nalt A\nfrom mine\ncategory k\nseries value\nside right\n");
    put_file(folder->path, "front.sql", "SELECT 'head' AS look, 'Block' AS label, NULL AS there, NULL AS made, 'Money' AS b, NULL AS c UNION ALL SELECT 'money', 'All', 'mine|y', '={b}*2', 0.25, NULL");
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname Mine\nlayout list\nprint no\nkey k\n[column k]\n[column value]\n");
    put_file(folder->path, "mine.sql", "SELECT 'x' AS k, 1 AS value UNION ALL SELECT 'y', 2");
    put_file(folder->path, "mine.book", "[book]\nsheet front\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    char *sheet = read_part(folder->file, "xl/worksheets/sheet1.xml"), *strings = read_part(folder->file, "xl/sharedStrings.xml"), *drawing = read_part(folder->file, "xl/drawings/drawing1.xml");
    char *book = read_part(folder->file, "xl/workbook.xml");
    assert_non_null(strstr(sheet, "<conditionalFormatting sqref=\"B5:C5\">"));
    assert_non_null(strstr(sheet, "location=\"'Mine'!A6\""));
    assert_non_null(strstr(sheet, "<f>C5*2</f><v>0.5</v>"));
    assert_null(strstr(sheet, "r=\"D5\""));
    assert_non_null(strstr(drawing, "<xdr:from><xdr:col>3</xdr:col>"));
    assert_non_null(strstr(strings, "Mine · not printed"));
    assert_non_null(strstr(book, "Front!$A$1:$L$21"));
    free(sheet);
    free(strings);
    free(drawing);
    free(book);
}

/* Charts beside a series are printed with it where it takes one page, on as many rows as the longer of the two; where its periods take several pages they are not. */
static void prints_charts_beside_a_series(void **state)
{
    const struct folder *folder = *state;
    static const int periods[] = {4, 40};
    put_file(folder->path, "axis.report", "[sheet]\nlayout axis\nkey period\n[column period]\n");
    put_file(folder->path, "mine.report",
             "[sheet]\ntitle Mine\nname Mine\nlayout series\naxis axis\nrow r\nlabel r\nperiod p\n[column a]\n[chart]\ntype line\ntitle T\nalt A\nfrom mine\nseries a\nside right\n");
    put_file(folder->path, "mine.sql", "SELECT 'r' AS r, 'P1' AS p, 1 AS a");
    put_file(folder->path, "mine.book", "[book]\nsheet mine\n");
    for (size_t c = 0; c < sizeof periods / sizeof *periods; c++) {
        char sql[160], last[8] = "";
        int first_row = 0, last_row = 0;
        snprintf(sql, sizeof sql, "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT 'P' || n AS period FROM s", periods[c]);
        put_file(folder->path, "axis.sql", sql);
        const struct fab_book_source source = fixture_source(&fixture, folder->path);
        if (fab_xlsx_write(fixture.context, &source, "mine", folder->file) != FAB_OK)
            fail_msg("%s", fab_context_message(fixture.context));
        char *book = read_part(folder->file, "xl/workbook.xml"), *area = strstr(book, "_xlnm.Print_Area");
        assert_non_null(area);
        assert_int_equal(sscanf(strstr(area, "Mine!"), "Mine!$A$%d:$%7[A-Z]$%d<", &first_row, last, &last_row), 3);
        if (periods[c] == 4) { /* the periods end at column H; the chart is longer than one row */
            assert_int_equal(first_row, 1);
            assert_true(strlen(last) == 1 && last[0] > 'H' && last_row > 15);
        } else {
            assert_string_equal(last, "AR"); /* four columns and forty periods */
            assert_true(last_row < 15);
        }
        free(book);
    }
}

/* A time axis of more periods than a sheet has columns. */
static void refuses_too_many_columns(void **state)
{
    const struct folder *folder = *state;
    put_file(folder->path, "long.report", "[sheet]\nlayout axis\nkey period\n[column period]\n");
    put_file(folder->path, "long.sql", "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 20000) SELECT 'P' || n AS period FROM s");
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname Mine\nlayout series\naxis long\nrow r\nlabel r\nperiod p\n[column a]\n");
    put_file(folder->path, "mine.sql", "SELECT 'r' AS r, 'P1' AS p, 1 AS a");
    put_file(folder->path, "mine.book", "[book]\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_INPUT);
    assert_string_equal(fab_context_message(fixture.context), "mine.sql: 1 rows and 20004 columns are more than a sheet holds");
}

static void keep_warning(void *user, fab_level level, const char *text)
{
    if (level == FAB_LEVEL_WARNING)
        snprintf(user, 200, "%s", text);
}

/* A list of more rows than a sheet may have shows the first ones and says so, on the sheet and as a warning; its CSV has them all. Where formulas add it up it is not cut. */
static void cuts_long_lists_with_a_note(void **state)
{
    const struct folder *folder = *state;
    char warning[200] = "";
    put_file(folder->path, "constants", "SHEET_ROWS 3\n");
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname Mine\nlayout list\n[column a]\ntotal sum\n");
    put_file(folder->path, "mine.sql", "WITH RECURSIVE s(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM s WHERE a < 5) SELECT a FROM s");
    put_file(folder->path, "mine.book", "[book]\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    fab_context_set_sink(fixture.context, keep_warning, warning);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    char *sheet = read_part(folder->file, "xl/worksheets/sheet1.xml"), *strings = read_part(folder->file, "xl/sharedStrings.xml");
    assert_string_equal(warning, "sheet `Mine` has the first 3 of 5 rows: it is that long at most; the sheet alone, as CSV, has all of them");
    assert_non_null(strstr(strings, "Mine · the first 3 of 5 rows; as CSV this sheet has all"));
    assert_non_null(strstr(sheet, "<v>6</v>")); /* the total of the rows shown: 1 + 2 + 3 */
    assert_null(strstr(sheet, "<v>4</v>"));
    free(sheet);
    free(strings);
    struct fab_csv_sheet csv = {0};
    assert_int_equal(fab_csv_sheet_print(fixture.context, &source, "mine", &csv), FAB_OK);
    assert_int_equal(csv.size, strlen("a\n1\n2\n3\n4\n5\n"));
    free(csv.text);
    put_file(folder->path, "other.report", "[sheet]\ntitle Other\nname Other\nlayout list\n[column b]\nformula ={sum:mine.a}\n");
    put_file(folder->path, "other.sql", "SELECT 1 AS c");
    put_file(folder->path, "mine.book", "[book]\nsheet mine\nsheet other\n");
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_OK);
    sheet = read_part(folder->file, "xl/worksheets/sheet2.xml");
    assert_non_null(strstr(sheet, "<v>15</v>"));
    free(sheet);
    put_file(folder->path, "constants", "SHEET_ROWS 0\n");
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "mine", folder->file), FAB_INPUT);
    assert_non_null(strstr(fab_context_message(fixture.context), "SHEET_ROWS is 0, must be a whole number from 1 to 1000000"));
}

/* Text that looks like an escape of the file format, white space and characters beyond the basic plane come through the read-back. */
static void keeps_odd_text(void **state)
{
    const struct folder *folder = *state;
    put_file(folder->path, "mine.report", "[sheet]\ntitle Mine\nname It's <mine> & \"yours\"\nlayout list\ncolumns all\n");
    put_file(folder->path, "mine.sql",
             "SELECT '_x0041_' AS a, ' leading' AS b, 'two' || char(10) || 'lines' AS c, '<b>&amp;' AS d, char(0x1F600) AS e, '' AS f, 'a' "
             "|| char(13) || 'b' AS g");
    put_file(folder->path, "mine.book", "[book]\nsheet mine\n");
    const struct fab_book_source source = fixture_source(&fixture, folder->path);
    if (fab_xlsx_write(fixture.context, &source, "mine", folder->file) != FAB_OK)
        fail_msg("%s", fab_context_message(fixture.context));
    char *strings = read_part(folder->file, "xl/sharedStrings.xml");
    assert_non_null(strstr(strings, "_x005F_x0041_"));
    free(strings);
}

static void knows_its_books(void **state)
{
    (void)state;
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    assert_int_equal(fab_xlsx_write(fixture.context, &source, "planer", "/tmp/never.xlsx"), FAB_USAGE);
    assert_string_equal(fab_context_message(fixture.context), "there is no book `planer`; did you mean planner");
}

static void count_warnings(void *user, fab_level level, const char *text)
{
    (void)text;
    *(int *)user += level == FAB_LEVEL_WARNING;
}

/* A check that fails is shown and told, not hidden. */
static void tells_of_a_failed_check(void **state)
{
    const struct folder *folder = *state;
    int warnings = 0;
    fab_context_set_sink(fixture.context, count_warnings, &warnings);
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    assert_int_equal(warnings, 0);
    assert_int_equal(sqlite3_exec(fixture.database,
                                  "DROP TRIGGER plan_stock_no_update; UPDATE plan_stock SET closing = closing + 1 WHERE item = 'CHIP3'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(write_to(folder->file, NULL), FAB_OK);
    assert_int_equal(warnings, 1);
    char *sheet = read_part(folder->file, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet, "A CHECK FAILED"));
    free(sheet);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(gives_the_same_bytes),
        TEST(keeps_data_as_text),
        TEST(keeps_the_old_file_when_interrupted),
        TEST(leaves_nothing_when_interrupted),
        TEST(keeps_the_old_file_on_a_full_disk),
        TEST(refuses_paths_it_cannot_write),
        TEST(reads_back),
        TEST(takes_and_refuses_reports_of_a_folder),
        TEST(prints_the_cover_on_one_page),
        TEST(prints_nothing_of_a_data_sheet), TEST(puts_blocks_on_a_page), TEST(cuts_long_lists_with_a_note), TEST(prints_charts_beside_a_series), TEST(refuses_too_many_columns),
        TEST(shows_the_warning_of_the_cover),
        TEST(keeps_odd_text),
        TEST(knows_its_books),
        TEST(tells_of_a_failed_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
