/* Formulas worked out: values of every function by hand, errors, ranges, tables, and everything that is no formula.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <string.h>

#include "calc.h"

enum { ROWS = 6, COLUMNS = 5 };

#define N(value) {.kind = FAB_CALC_NUMBER, .number = (value)}
#define T(value) {.kind = FAB_CALC_TEXT, .text = (value)}
#define NOTHING {.kind = FAB_CALC_EMPTY}

/* A sheet of its own: A numbers, B texts, C with holes, D and E amounts of money. */
static const struct fab_calc sheet[ROWS][COLUMNS] = {
    {N(1), T("north"), N(10), N(-1000), N(-60)}, {N(2), T("South"), NOTHING, N(300), N(220)},     {N(3), T("north"), T("x"), N(420), N(-150)},
    {N(4), T("a*b"), N(-5), N(680)},     {N(5), T("N"), {.kind = FAB_CALC_LOGICAL, .number = 1}, N(0)}, {N(6), T(""), N(0), {.kind = FAB_CALC_ERROR, .error = FAB_CALC_NA}},
};

static bool read_area(void *user, const struct fab_area *area, struct fab_calc *cells)
{
    (void)user;
    if (area->sheet && strcmp(area->sheet, "It's") != 0)
        return false;
    for (int row = area->first_row; row <= area->last_row; row++)
        for (int column = area->first_column; column <= area->last_column; column++)
            *cells++ = row < ROWS && column < COLUMNS ? sheet[row][column] : (struct fab_calc){.kind = FAB_CALC_EMPTY};
    return true;
}

static bool find_column(void *user, const char *table, const char *header, struct fab_area *area)
{
    (void)user;
    if (strcmp(table, "t_sold") != 0 || strcmp(header, "Units sold") != 0)
        return false;
    *area = (struct fab_area){NULL, 0, 0, 2, 0};
    return true;
}

static struct fab_calc calculate(fab_arena *arena, const char *formula)
{
    const struct fab_calc_source source = {NULL, read_area, find_column};
    struct fab_calc result;
    assert_true(fab_calc_evaluate(arena, &source, formula, &result));
    return result;
}

static void gives_numbers(void **state)
{
    static const struct {
        const char *formula;
        double number;
    } cases[] = {
        /* precedence as in spreadsheets */
        {"=1+2*3", 7}, {"=(1+2)*3", 9}, {"=-2^2", 4}, {"=2^3^2", 64}, {"=2^-1", 0.5}, {"=10-4-3", 3}, {"=24/4/2", 3}, {"=50%", 0.5}, {"=200%*3", 6},
        {"=--3", 3}, {"= 1 + 1 ", 2}, {"=1E3+.5", 1000.5}, {"=1+(2=2)", 2}, {"=(1<2)*(3>=3)*(1<>2)*(2<=2)", 1}, {"=(\"a\"<\"B\")*1", 1}, {"=(2<\"1\")*1", 1},
        /* what nearly cancels is nothing, and what nearly agrees is equal */
        {"=0.1+0.2-0.3", 0}, {"=(0.1+0.2=0.3)*1", 1}, {"=(1=1.000001)*1", 0}, {"=(0.1+0.2<=0.3)*(0.1+0.2>=0.3)", 1}, {"=(0.1+0.2>0.3)*1", 0},
        /* cells: empty ones are nothing */
        {"=A1+$A$2", 3}, {"='It''s'!A3", 3}, {"=C2", 0}, {"=C2+1", 1}, {"=(C2=0)*(C2=\"\")", 1}, {"=ZZ99", 0},
        /* sums pass over texts and logical values of ranges, and add up logical values that are given */
        {"=SUM(A1:A6)", 21}, {"=SUM(C1:C6)", 5}, {"=SUM(A1:A2,4,1=1)", 8}, {"=SUM(A1:B6)", 21}, {"=SUM(1E16,1,-1E16)", 1}, {"=SUBTOTAL(109,A1:A3)", 6},
        {"=SUBTOTAL(9,A1:A3)", 6}, {"=SUMPRODUCT((A1:A5>2)*A1:A5)", 12}, {"=SUMPRODUCT(A1:A3,D2:D4)", 300 + 2 * 420 + 3 * 680},
        {"=SUMPRODUCT((B1:B5=\"NORTH\")*(A1:A5))", 4}, {"=SUMPRODUCT((A1:A2=A1:B1)*1)", 1}, {"=SUMPRODUCT(ABS(D1:D5))", 2400}, {"=SUMPRODUCT(ROUND(A1:A3/2,0))", 4},
        {"=SUMPRODUCT(MAX((A1:A5<4)*A1:A5))", 3},
        {"=SUMIF(B1:B5,\"north\",A1:A5)", 4}, {"=SUMIF(A1:A5,\">=3\")", 12}, {"=SUMIFS(A1:A5,B1:B5,\"n*\")", 9}, {"=SUMIFS(A1:A5,B1:B5,\"?\")", 5},
        {"=SUMIFS(A1:A5,B1:B5,\"a~*b\")", 4}, {"=SUMIFS(A1:A5,B1:B5,\"<>north\",A1:A5,\"<5\")", 6}, {"=SUMIFS(A1:A5,A1:A5,3)", 3}, {"=SUMIFS(A1:A5,A1:A5,\"3\")", 3},
        {"=COUNTIFS(B1:B5,\"north\")", 2}, {"=COUNTIFS(A1:A5,\">1\",D1:D5,\">0\")", 3}, {"=COUNTIFS(C1:C5,0)", 0}, {"=COUNTIFS(A1:A5,A2)", 1},
        {"=INDEX(A1:A6,4)", 4}, {"=INDEX(A1:D1,3)", 10}, {"=INDEX(A1:D6,2,4)", 300}, {"=MATCH(3,A1:A6,0)", 3}, {"=MATCH(\"south\",B1:B5,0)", 2}, {"=MATCH(4.5,A1:A6)", 4},
        {"=INDEX(D1:D5,MATCH(\"South\",B1:B5,0))", 300}, {"=IF(1=1,2,3)", 2}, {"=IF(0,2,3)", 3}, {"=IF(2,5)", 5}, {"=IF(AND(A1=1,A2=2),7,8)", 7}, {"=IF(OR(A1=2,A2=3),7,8)", 8},
        {"=IF(AND(A1:A6),1,0)", 1}, {"=IFERROR(1/0,9)", 9}, {"=IFERROR(4,9)", 4}, {"=IFERROR(D6,1)", 1}, {"=IFERROR(0*SUM(D1:D6),1)", 1}, {"=IF(1,2,1/0)", 2},
        {"=ABS(-3)", 3}, {"=MAX(A1:A6,9)", 9}, {"=MIN(D1:D5)", -1000}, {"=MAX(B1:B5)", 0}, {"=ROUND(2.5,0)", 3}, {"=ROUND(-2.5,0)", -3}, {"=ROUND(1.005,2)", 1.01},
        {"=ROUND(1234.5,-2)", 1200}, {"=ROUND(1150,-2)", 1200}, {"=ROUND(1E-10,9)", 0}, {"=ROUND(0.285,2)", 0.29},
        {"=YEAR(DATE(2027,13,1))", 2028}, {"=DATE(1900,3,1)", 61}, {"=DATE(2027,3,0)-DATE(2027,2,1)", 27}, {"=DATE(2027,1,4)", 46391}, {"=YEAR(46391)", 2027},
        {"=NPV(10%,D2:D4)", 300 / 1.1 + 420 / 1.21 + 680 / 1.331}, {"=D1+NPV(0.1,D2:D4)", -1000 + 300 / 1.1 + 420 / 1.21 + 680 / 1.331},
        {"=SUM(t_sold[Units sold])", 6},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fab_arena *arena = fab_arena_new();
        struct fab_calc result = calculate(arena, cases[c].formula);
        if (result.kind != FAB_CALC_NUMBER)
            fail_msg("%s: no number but %s", cases[c].formula, result.kind == FAB_CALC_ERROR ? fab_calc_error_name(result.error) : "text or logical");
        assert_close(result.number, cases[c].number, 1e-12, 1e-12);
        fab_arena_free(arena);
    }
}

/* At the rate found, the worth is nothing; and rates that are known by hand. */
static void finds_the_rate_of_return(void **state)
{
    (void)state;
    fab_arena *arena = fab_arena_new();
    double rate = calculate(arena, "=IRR(D1:D4)").number, worth = -1000 + 300 / (1 + rate) + 420 / pow(1 + rate, 2) + 680 / pow(1 + rate, 3);
    assert_close(worth, 0, 0, 1e-8);
    assert_true(rate > 0.16 && rate < 0.17);
    assert_close(calculate(arena, "=1+IRR(D1:D2)").number, 0.3, 1e-12, 0); /* -1000 then 300: lost 70 % */
    /* -60, 220, -150: worth nothing at -10 % and at 100/54 - 1; what earns as a whole has a rate above 0 */
    assert_close(calculate(arena, "=IRR(E1:E3)").number, (220 + sqrt(220.0 * 220 - 4 * 60 * 150)) / 120 - 1, 1e-12, 0);
    assert_int_equal(calculate(arena, "=IRR(A1:A6)").error, FAB_CALC_NUM);
    fab_arena_free(arena);
}

/* Chances of at most k failures before the a-th success, added up term by term. */
static void gives_the_beta_distribution(void **state)
{
    static const struct {
        const char *formula;
        double p, a;
        int k;
    } cases[] = {{"=BETADIST(0.8,2.5,1)", 0.8, 2.5, 0}, {"=BETADIST(0.7,3,4)", 0.7, 3, 3}, {"=BETADIST(0.05,0.4,41)", 0.05, 0.4, 40}, {"=BETADIST(0.999,12,3)", 0.999, 12, 2}};
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fab_arena *arena = fab_arena_new();
        double term = pow(cases[c].p, cases[c].a), sum = 0;
        for (int k = 0; k <= cases[c].k; k++) {
            sum += term;
            term *= (k + cases[c].a) / (k + 1) * (1 - cases[c].p);
        }
        assert_close(calculate(arena, cases[c].formula).number, sum, 1e-13, 0);
        fab_arena_free(arena);
    }
}

static void gives_texts(void **state)
{
    static const struct {
        const char *formula, *text;
    } cases[] = {
        {"=\"say \"\"ok\"\"\"", "say \"ok\""}, {"=\"a\"&1+1&\"b\"", "a2b"}, {"=B1&\" \"&A1", "north 1"}, {"=1/3&\"\"", "0.333333333333333"}, {"=C2&\"-\"", "-"},
        {"=REPT(\"|\",3)", "|||"}, {"=REPT(\"ab\",0)", ""}, {"=REPT(\"|\",2.9)", "||"}, {"=IF(A1=1,\"yes\",\"no\")", "yes"}, {"=INDEX(B1:B5,2)", "South"},
        {"=TEXT(1234567.891,\"#,##0.00\")", "1,234,567.89"}, {"=TEXT(0.4567,\"0.0%\")", "45.7%"}, {"=TEXT(-3,\"0\")", "-3"}, {"=TEXT(-0.4,\"0\")", "0"},
        {"=TEXT(2500000,\"0.0,,\"\" m\"\"\")", "2.5 m"}, {"=TEXT(46391,\"yyyy-mm-dd\")", "2027-01-04"}, {"=TEXT(\"as it is\",\"0\")", "as it is"}, {"=TEXT(0,\"#\")", ""},
        {"=TEXT(12,\"#,##0\")", "12"}, {"=TEXT(999.9996,\"#,##0.000\")", "1,000.000"},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fab_arena *arena = fab_arena_new();
        struct fab_calc result = calculate(arena, cases[c].formula);
        assert_int_equal(result.kind, FAB_CALC_TEXT);
        assert_string_equal(result.text, cases[c].text);
        fab_arena_free(arena);
    }
}

static void gives_errors(void **state)
{
    static const struct {
        const char *formula;
        enum fab_calc_error error;
    } cases[] = {
        {"=1/0", FAB_CALC_DIV0}, {"=0^-1", FAB_CALC_DIV0}, {"=1/C2", FAB_CALC_DIV0}, {"=NPV(-1,1)", FAB_CALC_DIV0}, {"=0^0", FAB_CALC_NUM}, {"=(-8)^0.5", FAB_CALC_NUM},
        {"=1E308*10", FAB_CALC_NUM}, {"=1+\"a\"", FAB_CALC_VALUE}, {"=B1*2", FAB_CALC_VALUE}, {"=ABS(B1)", FAB_CALC_VALUE}, {"=A1:A3", FAB_CALC_VALUE},
        {"=A1:A3*2", FAB_CALC_VALUE}, {"=IF(A1:A3>1,1,2)", FAB_CALC_VALUE}, {"=SUMPRODUCT(A1:A3,A1:A4)", FAB_CALC_VALUE}, {"=SUMIFS(A1:A3,B1:B4,1)", FAB_CALC_VALUE},
        {"=SUMPRODUCT(A1:A3+A1:A4)", FAB_CALC_NA}, {"=D6", FAB_CALC_NA}, {"=SUM(D1:D6)", FAB_CALC_NA}, {"=MATCH(99,A1:A6,0)", FAB_CALC_NA}, {"=D6=1", FAB_CALC_NA},
        {"=INDEX(A1:A6,7)", FAB_CALC_REF}, {"=Sheet9!A1", FAB_CALC_NAME}, {"='Sheet9'!A1", FAB_CALC_REF}, {"=t_sold[Other]", FAB_CALC_REF}, {"=t_other[Units sold]", FAB_CALC_REF},
        {"=A3:A1", FAB_CALC_REF}, {"=MAX(1,1/0)", FAB_CALC_DIV0}, {"=IF(1/0,1,2)", FAB_CALC_DIV0}, {"=AND(B1:B2)", FAB_CALC_VALUE}, {"=DATE(99999,1,1)", FAB_CALC_NUM},
        {"=REPT(\"a\",-1)", FAB_CALC_VALUE}, {"=BETADIST(2,1,1)", FAB_CALC_NUM}, {"=SUBTOTAL(1,A1:A3)", FAB_CALC_VALUE}, {"=ROUND(1,99)", FAB_CALC_VALUE}, {"=YEAR(-1)", FAB_CALC_NUM},
        /* no formulas */
        {"1", FAB_CALC_NAME}, {"=", FAB_CALC_NAME}, {"=1+", FAB_CALC_NAME}, {"=(1", FAB_CALC_NAME}, {"=1)", FAB_CALC_NAME}, {"=1 2", FAB_CALC_NAME}, {"=SIN(1)", FAB_CALC_NAME},
        {"=SUM(", FAB_CALC_NAME}, {"=SUM()", FAB_CALC_NAME}, {"=SUM(1,)", FAB_CALC_NAME}, {"=ABS(1,2)", FAB_CALC_NAME}, {"=\"open", FAB_CALC_NAME}, {"='open", FAB_CALC_NAME},
        {"=A0", FAB_CALC_NAME}, {"=A1:", FAB_CALC_NAME}, {"=A9999999", FAB_CALC_NAME}, {"=ABCDE1", FAB_CALC_NAME}, {"=t_sold[Units sold", FAB_CALC_NAME}, {"=.", FAB_CALC_NAME},
        {"=*2", FAB_CALC_NAME}, {"=@", FAB_CALC_NAME}, {"=\1", FAB_CALC_NAME},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fab_arena *arena = fab_arena_new();
        struct fab_calc result = calculate(arena, cases[c].formula);
        if (result.kind != FAB_CALC_ERROR || result.error != cases[c].error)
            fail_msg("%s: not %s but %s", cases[c].formula, fab_calc_error_name(cases[c].error),
                     result.kind == FAB_CALC_ERROR ? fab_calc_error_name(result.error) : "a value");
        fab_arena_free(arena);
    }
}

/* However deep: an answer, and the stack holds. */
static void bounds_depth(void **state)
{
    enum { DEEP = 100000 };
    static char formula[2 * DEEP + 3];
    (void)state;
    formula[0] = '=';
    memset(formula + 1, '(', DEEP);
    formula[DEEP + 1] = '1';
    memset(formula + DEEP + 2, ')', DEEP);
    fab_arena *arena = fab_arena_new();
    assert_int_equal(calculate(arena, formula).error, FAB_CALC_NAME);
    fab_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_numbers), cmocka_unit_test(finds_the_rate_of_return), cmocka_unit_test(gives_the_beta_distribution),
        cmocka_unit_test(gives_texts),   cmocka_unit_test(gives_errors),             cmocka_unit_test(bounds_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
