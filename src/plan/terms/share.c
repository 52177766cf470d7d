/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share.h"

#include <math.h>

/* Below this a share is the rounding of F(high) - F(low), not hours. */
#define SMALLEST_SHARE 1e-12

double fab_overlap(double a, double b, double c, double d)
{
    double length = fmin(b, d) - fmax(a, c);
    return length > 0 ? length : 0;
}

/* integral of max(0, x) */
static double ramp_area(double x)
{
    return x > 0 ? x * x / 2 : 0;
}

double fab_load_share(double begin, double end, double lead_days, double from, double to, double low, double high)
{
    double first = from * lead_days, width = (to - from) * lead_days, days = end - begin;
    if (width <= 0)
        return fab_overlap(begin + first, end + first, low, high) / days;
    if (fab_overlap(begin + first, end + first + width, low, high) <= 0)
        return 0;
    /* F(high) - F(low): the area below the step's trapezium between the two days */
    double area = 0;
    const double edge[2] = {high, low};
    for (int i = 0; i < 2; i++) {
        double y = edge[i] - begin - first;
        double f = ramp_area(y) - ramp_area(y - days) - ramp_area(y - width) + ramp_area(y - days - width);
        area += i == 0 ? f : -f;
    }
    double share = area / (days * width);
    return share > SMALLEST_SHARE ? share : 0;
}

