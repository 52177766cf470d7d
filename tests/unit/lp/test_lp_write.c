/* MPS and LP files, read back by glpsol (package glpk-utils).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lp_names.h"
#include "lp_support.h"

enum { PATH_SIZE = 256, FILE_SIZE = 1 << 16 };

struct fixture {
    fab_context *context;
    char folder[PATH_SIZE], mps[PATH_SIZE], lp[PATH_SIZE], report[PATH_SIZE];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    snprintf(fixture->folder, PATH_SIZE, "/tmp/fabplan-lp-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(fixture->mps, PATH_SIZE, "%.200s/program.mps", fixture->folder);
    snprintf(fixture->lp, PATH_SIZE, "%.200s/program.lp", fixture->folder);
    snprintf(fixture->report, PATH_SIZE, "%.200s/report.txt", fixture->folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->mps);
    unlink(fixture->lp);
    unlink(fixture->report);
    int left = rmdir(fixture->folder); /* fails when a temporary file was left behind */
    fab_context_free(fixture->context);
    free(fixture);
    return left;
}

static const char *read_all(const char *path, char text[FILE_SIZE])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = fread(text, 1, FILE_SIZE - 1, file);
    fclose(file);
    text[size] = '\0';
    return text;
}

/* The objective that glpsol finds in a file; its report stays in fixture->report. NAN when it cannot read the file or there is no optimum.
 */
static double solve_elsewhere(struct fixture *fixture, const char *arguments, const char *path, const char *expected)
{
    char command[4 * PATH_SIZE], text[FILE_SIZE];
    double objective;
    unlink(fixture->report);
    snprintf(command, sizeof command, "glpsol %s %s -o %s >%s 2>&1", arguments, path, fixture->report, "/dev/null");
    if (system(command) != 0 || access(fixture->report, R_OK) != 0)
        return NAN;
    const char *line = strstr(read_all(fixture->report, text), "Objective:  ");
    const char *number = line ? strstr(line, "= ") : NULL;
    if (!strstr(text, expected) || !number || sscanf(number, "= %lf", &objective) != 1)
        return NAN;
    return objective;
}

static double glpsol(struct fixture *fixture, const char *arguments, const char *path)
{
    return solve_elsewhere(fixture, arguments, path, "Status:     OPTIMAL");
}

static double glpsol_whole(struct fixture *fixture, const char *arguments, const char *path)
{
    return solve_elsewhere(fixture, arguments, path, "Status:     INTEGER OPTIMAL");
}

/* Writes both forms and compares what glpsol finds with the expected optimum (its report has 10 digits). */
static void expect_optimum(struct fixture *fixture, const fab_lp *lp, double optimum)
{
    if (system("glpsol --version >/dev/null 2>&1") != 0)
        skip();
    assert_int_equal(FAB_OK, fab_lp_write_mps(fixture->context, lp, fixture->mps, NULL));
    assert_int_equal(FAB_OK, fab_lp_write_lp(fixture->context, lp, fixture->lp, NULL));
    assert_close(glpsol(fixture, "--freemps", fixture->mps), -optimum, 1e-9, 0);
    assert_close(glpsol(fixture, "--lp", fixture->lp), optimum, 1e-9, 0);
}

static void a_published_program(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    expect_optimum(fixture, lp, 280);
    fab_lp_free(lp);
}

static void constants_count_once_and_with_their_sign(void **state)
{
    struct fixture *fixture = *state;
    struct dense_lp dense = dakota;
    for (int sign = -1; sign <= 1; sign += 2) {
        dense.constant = sign * 1000.5;
        fab_lp *lp = lp_from_dense(fixture->context, &dense);
        expect_optimum(fixture, lp, 280 + sign * 1000.5);
        fab_lp_free(lp);
    }
}

/* Ranges on both sides, an equality, a free row, an empty row, an empty column, fixed, negative and two-sided column limits. By hand:
 * maximise x0 - x1 + 2 x2 + 0 x3 with 1 <= x0 - x1 <= 4, x1 + x2 = 2, x0 >= -3, x0 <= 10, -5 <= x1 <= -1, x2 <= 9:
 * x0 - x1 = 4 pays 4; 2 x2 = 4 - 2 x1 with x1 = -5, x0 = -1, x2 = 7 pays 14. */
static const struct dense_lp all_kinds = {
    .source = "all kinds",
    .rows = 4,
    .columns = 4,
    .coefficient = {{1, -1, 0, 0}, {0, 1, 1, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}},
    .row_lower = {1, 2, -INFINITY, -1},
    .row_upper = {4, 2, INFINITY, 1},
    .lower = {-3, -5, 0, -2},
    .upper = {10, -1, 9, -2},
    .cost = {1, -1, 2, 0},
};

static void all_kinds_of_limits(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &all_kinds);
    expect_optimum(fixture, lp, 18);
    /* the other side of the range */
    lp->column[0].objective = -1;
    lp->column[1].objective = 1;
    lp->column[2].objective = 0;
    expect_optimum(fixture, lp, -1);
    fab_lp_free(lp);
}

static void numbers_keep_every_bit(void **state)
{
    struct fixture *fixture = *state;
    struct dense_lp dense = {.source = "bits",
                             .rows = 1,
                             .columns = 1,
                             .coefficient = {{0.1}},
                             .row_lower = {-INFINITY},
                             .row_upper = {1.0 / 3},
                             .upper = {1e17},
                             .cost = {123456789.01234567}};
    char text[FILE_SIZE];
    fab_lp *lp = lp_from_dense(fixture->context, &dense);
    assert_int_equal(FAB_OK, fab_lp_write_mps(fixture->context, lp, fixture->mps, NULL));
    read_all(fixture->mps, text);
    double coefficient, limit, cost;
    assert_int_equal(1, sscanf(strstr(text, "x[0] row[0] "), "x[0] row[0] %lf", &coefficient));
    assert_int_equal(1, sscanf(strstr(text, "RHS row[0] "), "RHS row[0] %lf", &limit));
    assert_int_equal(1, sscanf(strstr(text, "x[0] objective "), "x[0] objective %lf", &cost));
    assert_true(coefficient == 0.1 && limit == 1.0 / 3 && cost == -123456789.01234567);
    fab_lp_free(lp);
}

static const char *const awkward[] = {
    "a b",  "a_b", "a  b",      "",         "$comment", "*comment", "x\xC3\xA9\xE6\xB5\x8B", "free", "End",   "e12", "12e3", "st",
    "x<=3", "-y",  "objective", "constant", "a_b~2",    "q\"'\\",   "x[L EUV,2029-03]",      "RHS",  "bounds"};
enum { AWKWARD_COUNT = sizeof awkward / sizeof *awkward };

/* Each column has its own limit and value, so that two names taken for one would show. */
static void awkward_names(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fab_lp_new("a title with blanks, \xE6\xB5\x8B and $");
    char lengthy[3][400];
    double optimum = 1;
    lp->objective_constant = 1;
    for (int k = 0; k < AWKWARD_COUNT + 3; k++) {
        const char *name = k < AWKWARD_COUNT ? awkward[k] : lengthy[k - AWKWARD_COUNT];
        if (k >= AWKWARD_COUNT) {
            memset(lengthy[k - AWKWARD_COUNT], 'n', 399);
            lengthy[k - AWKWARD_COUNT][399] = '\0';
        }
        fab_lp_add_row(lp, name, -INFINITY, k + 1);
        fab_lp_add_column(lp, name, 0, 1000, 1 << (k % 10));
        fab_lp_add(lp, k, k, 1);
        optimum += (1 << (k % 10)) * (k + 1);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    expect_optimum(fixture, lp, optimum);
    fab_lp_free(lp);
}

static void comments_are_comments(void **state)
{
    struct fixture *fixture = *state;
    const char *const comment[] = {"made by a test", "two\nlines ENDATA", NULL};
    char text[FILE_SIZE];
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    assert_int_equal(FAB_OK, fab_lp_write_mps(fixture->context, lp, fixture->mps, comment));
    assert_int_equal(FAB_OK, fab_lp_write_lp(fixture->context, lp, fixture->lp, comment));
    assert_int_equal(0, strncmp(read_all(fixture->mps, text), "* made by a test\n* two lines ENDATA\n", 36));
    assert_int_equal(0, strncmp(read_all(fixture->lp, text), "\\ made by a test\n\\ two lines ENDATA\n", 36));
    if (system("glpsol --version >/dev/null 2>&1") == 0) {
        assert_close(glpsol(fixture, "--freemps", fixture->mps), -280, 1e-9, 0);
        assert_close(glpsol(fixture, "--lp", fixture->lp), 280, 1e-9, 0);
    }
    fab_lp_free(lp);
}

static void a_failure_leaves_the_old_file(void **state)
{
    struct fixture *fixture = *state;
    char text[FILE_SIZE], missing[2 * PATH_SIZE];
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    FILE *file = fopen(fixture->mps, "w");
    fputs("old", file);
    fclose(file);
    snprintf(missing, sizeof missing, "%s/no/such/folder.mps", fixture->folder);
    assert_int_equal(FAB_OUTPUT, fab_lp_write_mps(fixture->context, lp, missing, NULL));
    assert_non_null(strstr(fab_context_message(fixture->context), "folder.mps"));
    /* a folder cannot be replaced by a file: the temporary one goes away, which tear_down finds out */
    assert_int_equal(FAB_OUTPUT, fab_lp_write_lp(fixture->context, lp, fixture->folder, NULL));
    fab_lp_add(lp, 0, 0, 1);
    assert_int_equal(FAB_INTERNAL, fab_lp_write_mps(fixture->context, lp, fixture->mps, NULL)); /* not sealed */
    assert_string_equal("old", read_all(fixture->mps, text));
    fab_lp_free(lp);
}

static void names_are_unique(void **state)
{
    static const char *const words[] = {"end", NULL};
    static const fab_lp_alphabet alphabet = {.punctuation = "_~()", .bad_start = "0123456789", .reserved = words};
    static const struct {
        const char *name, *made;
    } cases[] = {{"a", "a"},       {"a", "a~2"},       {"a", "a~3"},   {"a~2", "a~2~2"}, {"a~4", "a~4"}, {"a", "a~5"},
                 {"x[1]", "x(1)"}, {"x(1)", "x(1)~2"}, {"1", "_1"},    {"END", "_END"},  {"a b", "a_b"}, {"a\t\xC3\xA9 b", "a_b~2"},
                 {"", "_"},        {NULL, "_~2"},      {"\xFF", "_~3"}};
    enum { COUNT = sizeof cases / sizeof *cases };
    (void)state;
    fab_lp_names *names = fab_lp_names_new(&alphabet, COUNT);
    for (int k = 0; k < COUNT; k++)
        assert_string_equal(cases[k].made, fab_lp_names_make(names, cases[k].name));
    fab_lp_names_free(names);
    fab_lp_names_free(NULL);
}

/* 3 x + 2 y <= 4.5 with x worth 1.9, y 1 and, in between, a column that need not be whole: z <= 0.25 at 1. All whole: y = 2; x alone: x = 1 and y = 0.75. */
static void integer_columns_are_marked(void **state)
{
    struct fixture *fixture = *state;
    static const struct dense_lp mixed = {.source = "mixed",
                                          .rows = 1,
                                          .columns = 3,
                                          .coefficient = {{3, 0, 2}},
                                          .row_lower = {-INFINITY},
                                          .row_upper = {4.5},
                                          .lower = {-0.5, 0, 0},
                                          .upper = {10.5, 0.25, 10},
                                          .cost = {1.9, 1, 1}};
    char text[FILE_SIZE];
    fab_lp *lp = lp_from_dense(fixture->context, &mixed);
    expect_optimum(fixture, lp, 1.9 * 1.5 + 0.25);
    assert_null(strstr(read_all(fixture->mps, text), "MARKER"));
    assert_null(strstr(read_all(fixture->lp, text), "Generals"));
    lp->column[0].integer = true;
    assert_int_equal(FAB_OK, fab_lp_write_mps(fixture->context, lp, fixture->mps, NULL));
    assert_int_equal(FAB_OK, fab_lp_write_lp(fixture->context, lp, fixture->lp, NULL));
    assert_close(glpsol_whole(fixture, "--freemps", fixture->mps), -(1.9 + 0.75 + 0.25), 1e-9, 0);
    assert_close(glpsol_whole(fixture, "--lp", fixture->lp), 1.9 + 0.75 + 0.25, 1e-9, 0);
    lp->column[2].integer = true; /* the last one: the mark is closed */
    assert_int_equal(FAB_OK, fab_lp_write_mps(fixture->context, lp, fixture->mps, NULL));
    assert_int_equal(FAB_OK, fab_lp_write_lp(fixture->context, lp, fixture->lp, NULL));
    assert_close(glpsol_whole(fixture, "--freemps", fixture->mps), -2.25, 1e-9, 0);
    assert_close(glpsol_whole(fixture, "--lp", fixture->lp), 2.25, 1e-9, 0);
    fab_lp_free(lp);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_published_program),
        TEST(constants_count_once_and_with_their_sign),
        TEST(all_kinds_of_limits), TEST(integer_columns_are_marked),
        TEST(numbers_keep_every_bit),
        TEST(awkward_names),
        TEST(comments_are_comments),
        TEST(a_failure_leaves_the_old_file),
        cmocka_unit_test(names_are_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
