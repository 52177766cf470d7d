/* The conditions of formats, as a spreadsheet reads them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "condition.h"

static bool holds(const char *when, fab_value value)
{
    return fab_condition_holds(when, &value);
}

static void numbers_are_compared(void **state)
{
    (void)state;
    assert_true(holds(">= 0.95", fab_real(0.95)) && !holds("> 0.95", fab_real(0.95)));
    assert_true(holds("<0.95", fab_real(0.9)) && !holds("<0.95", fab_real(0.96)));
    assert_true(holds("<= 3", fab_integer(3)) && holds("= 3", fab_integer(3)) && !holds("<> 3", fab_integer(3)));
    assert_true(holds("<> 3", fab_real(3.5)));
}

static void texts_are_compared_without_case(void **state)
{
    (void)state;
    assert_true(holds("= \"ERROR\"", fab_text("error")) && !holds("= \"ERROR\"", fab_text("errors")));
    assert_true(holds("<> \"OK\"", fab_text("ERROR")) && !holds("<> \"OK\"", fab_text("OK")));
}

/* A text is more than any number; nothing is neither. */
static void kinds_do_not_meet(void **state)
{
    (void)state;
    assert_true(holds(">= 1", fab_text("a")) && !holds("= 1", fab_text("1")));
    assert_true(!holds("= \"1\"", fab_real(1)) && holds("< \"1\"", fab_real(1)));
    assert_false(holds("< 1", (fab_value){.type = FAB_NULL}));
    assert_false(holds("<> \"a\"", (fab_value){.type = FAB_NULL}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_compared), cmocka_unit_test(texts_are_compared_without_case), cmocka_unit_test(kinds_do_not_meet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
