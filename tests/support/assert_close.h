/* Comparisons that cmocka 1.1.5 does not have: it compares only float.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ASSERT_CLOSE_H
#define FAB_ASSERT_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* |actual - expected| <= absolute + relative |expected|, both finite. */
static inline void assert_close_at(double actual, double expected, double relative, double absolute, const char *file, int line)
{
    if (isfinite(actual) && isfinite(expected) && fabs(actual - expected) <= absolute + relative * fabs(expected))
        return;
    print_error("%s:%d: %.17g is not within %g relative, %g absolute of %.17g\n", file, line, actual, relative, absolute, expected);
    _fail(file, line);
}

#define assert_close(actual, expected, relative, absolute) assert_close_at(actual, expected, relative, absolute, __FILE__, __LINE__)

#endif
