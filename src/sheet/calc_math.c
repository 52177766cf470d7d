/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_functions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "calc_sum.h"

struct fab_calc fab_calc_argument_number(const struct fab_matrix *argument)
{
    return fab_matrix_count(argument) == 1 ? fab_calc_to_number(*fab_matrix_get(argument, 0)) : fab_calc_error(FAB_CALC_VALUE);
}

struct fab_calc fab_calc_each_number(const struct fab_matrix *arguments, int count, void (*take)(void *user, double number), void *user)
{
    for (int a = 0; a < count; a++)
        for (int i = 0; i < fab_matrix_count(&arguments[a]); i++) {
            struct fab_calc value = *fab_matrix_get(&arguments[a], i);
            if (arguments[a].reference && value.kind != FAB_CALC_NUMBER && value.kind != FAB_CALC_ERROR)
                continue;
            value = fab_calc_to_number(value);
            if (value.kind == FAB_CALC_ERROR)
                return value;
            take(user, value.number);
        }
    return (struct fab_calc){.kind = FAB_CALC_EMPTY};
}

static void take_sum(void *user, double number)
{
    fab_sum_add(user, number);
}

struct fab_calc fab_calc_sum(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    struct fab_sum sum = {0, 0};
    (void)calculation;
    struct fab_calc error = fab_calc_each_number(arguments, count, take_sum, &sum);
    return error.kind == FAB_CALC_ERROR ? error : fab_calc_number(sum.total + sum.lost);
}

/* SUBTOTAL(109,...): the sum of the rows shown, and a file is written with all of them. */
struct fab_calc fab_calc_subtotal(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    enum { SUM = 9, SUM_OF_SHOWN = 109 };
    struct fab_calc what = fab_calc_argument_number(&arguments[0]);
    if (what.kind == FAB_CALC_ERROR)
        return what;
    if (what.number != SUM && what.number != SUM_OF_SHOWN)
        return fab_calc_error(FAB_CALC_VALUE);
    return fab_calc_sum(calculation, arguments + 1, count - 1);
}

struct fab_calc fab_calc_sumproduct(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    struct fab_sum sum = {0, 0};
    (void)calculation;
    for (int a = 1; a < count; a++)
        if (arguments[a].rows != arguments[0].rows || arguments[a].columns != arguments[0].columns)
            return fab_calc_error(FAB_CALC_VALUE);
    for (int i = 0; i < fab_matrix_count(&arguments[0]); i++) {
        double product = 1;
        for (int a = 0; a < count; a++) {
            struct fab_calc value = *fab_matrix_get(&arguments[a], i);
            if (value.kind == FAB_CALC_ERROR)
                return value;
            product *= value.kind == FAB_CALC_NUMBER || (count == 1 && value.kind == FAB_CALC_LOGICAL) ? value.number : 0;
        }
        fab_sum_add(&sum, product);
    }
    return fab_calc_number(sum.total + sum.lost);
}

struct extreme {
    double best;
    int sign; /* 1: the largest, -1: the smallest */
    bool any;
};

static void take_extreme(void *user, double number)
{
    struct extreme *extreme = user;
    if (!extreme->any || extreme->sign * number > extreme->sign * extreme->best)
        extreme->best = number;
    extreme->any = true;
}

static struct fab_calc find_extreme(const struct fab_matrix *arguments, int count, int sign)
{
    struct extreme extreme = {.sign = sign};
    struct fab_calc error = fab_calc_each_number(arguments, count, take_extreme, &extreme);
    return error.kind == FAB_CALC_ERROR ? error : fab_calc_number(extreme.best);
}

struct fab_calc fab_calc_max(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    return find_extreme(arguments, count, 1);
}

struct fab_calc fab_calc_min(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    return find_extreme(arguments, count, -1);
}

struct fab_calc fab_calc_abs(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    (void)count;
    struct fab_calc value = fab_calc_argument_number(&arguments[0]);
    return value.kind == FAB_CALC_ERROR ? value : fab_calc_number(fabs(value.number));
}

/* Rounds the decimal number of 15 digits that a double shows as, half away from zero: ROUND(1.005, 2) is 1.01. */
struct fab_calc fab_calc_round(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    enum { SHOWN = 15, DIGITS_MOST = 20 };
    char shown[64];
    (void)calculation;
    (void)count;
    struct fab_calc value = fab_calc_argument_number(&arguments[0]), digits = fab_calc_argument_number(&arguments[1]);
    if (value.kind == FAB_CALC_ERROR || digits.kind == FAB_CALC_ERROR)
        return value.kind == FAB_CALC_ERROR ? value : digits;
    if (fabs(digits.number) > DIGITS_MOST)
        return fab_calc_error(FAB_CALC_VALUE);
    int places = (int)digits.number;
    double power = pow(10, abs(places)), scaled = places < 0 ? value.number / power : value.number * power;
    snprintf(shown, sizeof shown, "%.*g", SHOWN, scaled);
    double whole = round(strtod(shown, NULL));
    if (fabs(scaled) >= 1e15)
        return value;
    return fab_calc_number(places < 0 ? whole * power : whole / power);
}

/* The continued fraction of the incomplete beta function, by the method of Lentz (Abramowitz and Stegun 26.5.8). */
static double beta_fraction(double x, double a, double b)
{
    enum { TERMS = 500 };
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m <= TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double steps[] = {even, odd}, change = 1;
        for (int s = 0; s < 2; s++) {
            d = 1 + steps[s] * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + steps[s] / c;
            c = fabs(c) < tiny ? tiny : c;
            change = c * d;
            fraction *= change;
        }
        if (fabs(change - 1) < 0x1p-52)
            break;
    }
    return fraction;
}

/* Cumulative beta distribution on 0 to 1. */
struct fab_calc fab_calc_betadist(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    double numbers[3];
    (void)calculation;
    for (int a = 0; a < count; a++) {
        struct fab_calc value = fab_calc_argument_number(&arguments[a]);
        if (value.kind == FAB_CALC_ERROR)
            return value;
        numbers[a] = value.number;
    }
    double x = numbers[0], a = numbers[1], b = numbers[2];
    if (x < 0 || x > 1 || a <= 0 || b <= 0)
        return fab_calc_error(FAB_CALC_NUM);
    if (x == 0 || x == 1)
        return fab_calc_number(x);
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return fab_calc_number(x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a : 1 - front * beta_fraction(1 - x, b, a) / b);
}
