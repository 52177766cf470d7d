/* Exact sums of products.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>

#include "exact.h"
#include "lp_support.h"

enum { LIMBS_MAX = 128 };

struct sum {
    fab_exact_shape shape;
    mp_limb_t value[LIMBS_MAX], work[LIMBS_MAX];
};

/* The sum of a[k] x b[k]. */
static struct sum sum_of(const double *a, const double *b, int count)
{
    fab_exact_range first = FAB_EXACT_EMPTY, second = FAB_EXACT_EMPTY;
    struct sum sum = {.value = {0}};
    for (int k = 0; k < count; k++) {
        assert_true(fab_exact_widen(&first, a[k]));
        assert_true(fab_exact_widen(&second, b[k]));
    }
    sum.shape = fab_exact_fit(fab_exact_product(first, second));
    assert_true(sum.shape.limbs <= LIMBS_MAX);
    for (int k = 0; k < count; k++)
        fab_exact_add_product(sum.value, sum.shape, a[k], b[k]);
    return sum;
}

static double round_of(struct sum *sum)
{
    return fab_exact_round(sum->value, sum->shape, sum->work);
}

static double up_of(struct sum *sum)
{
    return fab_exact_round_up(sum->value, sum->shape, sum->work);
}

#define SUM(a, b) sum_of(a, b, sizeof(a) / sizeof *(a))

static void cancellation_leaves_everything(void **state)
{
    const double a[] = {1e300, 1, -1e300, 5e-324}, b[] = {1, 1, 1, 1};
    struct sum sum = SUM(a, b);
    (void)state;
    assert_true(round_of(&sum) == 1);
    assert_true(up_of(&sum) == 1 + DBL_EPSILON); /* the denormal is still there */
    assert_int_equal(1, fab_exact_sign(sum.value, sum.shape));
}

static void signs_and_zero(void **state)
{
    const double a[] = {3, -3}, b[] = {0.1, 0.1}, c[] = {-1e-300, 0}, d[] = {1e-10, 7}, e[] = {1e200, -1e200};
    struct sum zero = SUM(a, b), negative = SUM(c, d), still_negative = SUM(e, d);
    (void)state;
    assert_int_equal(0, fab_exact_sign(zero.value, zero.shape));
    assert_true(round_of(&zero) == 0 && up_of(&zero) == 0);
    assert_int_equal(-1, fab_exact_sign(negative.value, negative.shape));
    assert_true(round_of(&negative) < 0);
    assert_true(up_of(&negative) >= -1e-310 && up_of(&negative) <= 0);
    assert_int_equal(-1, fab_exact_sign(still_negative.value, still_negative.shape));
}

/* (1 + e)(1 - e) = 1 - e^2 with e = 2^-52: half an ulp of numbers below 1 is 2^-54. */
static void products_are_not_rounded(void **state)
{
    const double a[] = {1 + DBL_EPSILON, 1}, b[] = {1 - DBL_EPSILON, -1};
    struct sum sum = SUM(a, b);
    (void)state;
    assert_true(round_of(&sum) == -0x1p-104);
}

/* Numbers at both ends of what a double can be, and on both sides of where it loses digits, are what they are: times 1 and less themselves in two parts nothing is left. */
static void every_number_is_taken_whole(void **state)
{
    const double numbers[] = {DBL_MAX, DBL_MIN, 5e-324, 3 * 5e-324, DBL_MIN - 5e-324, DBL_MIN + 5e-324, 0x1.fffffffffffffp-1021, 0x1p-1021, 1, nextafter(1, 0), 0x1.23456789abcdfp+600};
    (void)state;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        double number = numbers[k], half = ldexp(number, -1) > 0 && 2 * ldexp(number, -1) == number ? ldexp(number, -1) : number;
        const double a[] = {number, -half, -(number - half)}, b[] = {1, 1, 1};
        struct sum one = sum_of(a, b, 1), nothing = SUM(a, b);
        assert_true(round_of(&one) == number && up_of(&one) == (number < DBL_MIN ? nextafter(number, INFINITY) : number));
        assert_int_equal(0, fab_exact_sign(nothing.value, nothing.shape));
    }
}

/* 0.1 x 3 lies between two doubles: 0.3 = 0x1.3333333333333p-2 and the next one. */
static void rounding_up_goes_up(void **state)
{
    const double a[] = {0.1}, minus[] = {-0.1}, three[] = {3}, quarter[] = {0.25};
    struct sum above = SUM(a, three), below = SUM(minus, three), same = SUM(a, quarter);
    (void)state;
    assert_true(up_of(&above) == nextafter(0.3, 1));
    assert_true(up_of(&below) == -0.3);
    assert_true(up_of(&same) == 0.025);
    assert_true(round_of(&same) == 0.025);
}

__extension__ typedef __int128 integer128;

/* Sums of integers, against 128-bit integers. */
static void random_sums(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (int test = 0; test < 2000; test++) {
        double a[50], b[50];
        integer128 expected = 0;
        for (int k = 0; k < 50; k++) {
            int64_t x = (int64_t)(next_random(&seed) >> 11) - (1LL << 52),
                    y = (int64_t)(next_random(&seed) >> (12 + random_below(&seed, 51)));
            a[k] = (double)x;
            b[k] = (double)y;
            expected += (integer128)x * y;
        }
        struct sum sum = SUM(a, b);
        double high = (double)(int64_t)(expected >> 64), low = (double)(uint64_t)expected;
        assert_close(round_of(&sum), high * 0x1p64 + low, 4 * DBL_EPSILON, 0);
        assert_int_equal((expected > 0) - (expected < 0), fab_exact_sign(sum.value, sum.shape));
        /* subtracting the parts one by one leaves nothing */
        for (int k = 49; k >= 0; k--)
            fab_exact_add_product(sum.value, sum.shape, -a[k], b[k]);
        assert_int_equal(0, fab_exact_sign(sum.value, sum.shape));
    }
}

/* (a1 b1 + a2 b2) c - a1 b1 c - a2 b2 c, whose products of three are taken in two ways: only exact arithmetic gives 0. */
static void scaled_sums(void **state)
{
    uint64_t seed = 2;
    (void)state;
    for (int test = 0; test < 2000; test++) {
        /* 17-bit numbers: products of two are doubles, so a b c can be added as (a b) c too */
        double a[2], b[2], ab[2], factor = ldexp((double)random_below(&seed, 1 << 30) - (1 << 29), random_below(&seed, 400) - 200);
        for (int k = 0; k < 2; k++) {
            a[k] = ldexp((double)random_below(&seed, 1 << 17) - (1 << 16), random_below(&seed, 200) - 100);
            b[k] = ldexp((double)random_below(&seed, 1 << 17), random_below(&seed, 200) - 100);
            ab[k] = a[k] * b[k];
        }
        struct sum inner = SUM(a, b);
        fab_exact_range first = FAB_EXACT_EMPTY, second = FAB_EXACT_EMPTY, third = FAB_EXACT_EMPTY;
        for (int k = 0; k < 2; k++) {
            fab_exact_widen(&first, a[k]);
            fab_exact_widen(&second, b[k]);
        }
        fab_exact_widen(&third, factor);
        fab_exact_range products = {INT32_MAX, INT32_MIN};
        fab_exact_widen(&products, ab[0]);
        fab_exact_widen(&products, ab[1]);
        fab_exact_range range =
            fab_exact_union(fab_exact_product(fab_exact_product(first, second), third), fab_exact_product(products, third));
        struct sum sum = {.shape = fab_exact_fit(range)};
        assert_true(sum.shape.limbs <= LIMBS_MAX);
        fab_exact_add_scaled(sum.value, sum.shape, inner.value, inner.shape, factor, inner.work);
        assert_int_equal(fab_exact_sign(inner.value, inner.shape) * ((factor > 0) - (factor < 0)), fab_exact_sign(sum.value, sum.shape));
        fab_exact_add_product(sum.value, sum.shape, ab[0], -factor);
        fab_exact_add_product(sum.value, sum.shape, ab[1], -factor);
        assert_int_equal(0, fab_exact_sign(sum.value, sum.shape));
    }
}

static void what_is_not_finite_has_no_range(void **state)
{
    fab_exact_range range = FAB_EXACT_EMPTY;
    (void)state;
    assert_false(fab_exact_widen(&range, NAN));
    assert_false(fab_exact_widen(&range, -INFINITY));
    assert_true(fab_exact_widen(&range, 0));
    assert_true(range.least > range.above);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancellation_leaves_everything),
        cmocka_unit_test(signs_and_zero),
        cmocka_unit_test(products_are_not_rounded),
        cmocka_unit_test(every_number_is_taken_whole),
        cmocka_unit_test(rounding_up_goes_up),
        cmocka_unit_test(random_sums),
        cmocka_unit_test(scaled_sums),
        cmocka_unit_test(what_is_not_finite_has_no_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
