/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield.h"

#include <math.h>

/* 1 pm: a corner that lies on the edge in exact arithmetic counts, whatever the rounding. */
static const double TOUCH_MM = 1e-9;
/* Below this the count is no longer a count of dies; it also bounds the work. */
static const double PITCH_MIN_MM = 1e-3;
static const double WAFER_MAX_MM = 1e4;

static bool geometry_valid(const fab_die_geometry *geometry)
{
    const fab_die_geometry *g = geometry;
    bool die = g->width_mm > 0 && g->height_mm > 0 && isfinite(g->width_mm) && isfinite(g->height_mm);
    bool street = g->scribe_mm >= 0 && isfinite(g->scribe_mm);
    bool wafer = g->edge_mm >= 0 && g->wafer_mm > 2 * g->edge_mm && g->wafer_mm <= WAFER_MAX_MM;
    bool flat = g->flat_mm >= 0 && g->flat_mm < g->wafer_mm;
    return die && street && wafer && flat && g->width_mm + g->scribe_mm >= PITCH_MIN_MM && g->height_mm + g->scribe_mm >= PITCH_MIN_MM;
}

/* Integers i with |i + phase| <= reach. */
static long count_within(double reach, double phase)
{
    if (reach < 0)
        return 0;
    long last = (long)floor(reach - phase);
    long first = (long)ceil(-reach - phase);
    return last < first ? 0 : last - first + 1;
}

/* Lowest y a die may have: the edge exclusion holds along the flat too. */
static double lowest_y(const fab_die_geometry *geometry)
{
    double radius = geometry->wafer_mm / 2;
    double half_flat = geometry->flat_mm / 2;
    return -sqrt((radius - half_flat) * (radius + half_flat)) + geometry->edge_mm - TOUCH_MM;
}

long fab_gross_die_at(const fab_die_geometry *geometry, double phase_x, double phase_y)
{
    if (!geometry_valid(geometry) || !isfinite(phase_x) || !isfinite(phase_y))
        return 0;
    phase_x -= floor(phase_x);
    phase_y -= floor(phase_y);
    double radius = geometry->wafer_mm / 2 - geometry->edge_mm + TOUCH_MM;
    double pitch_x = geometry->width_mm + geometry->scribe_mm;
    double pitch_y = geometry->height_mm + geometry->scribe_mm;
    double bottom = geometry->flat_mm > 0 ? lowest_y(geometry) : -radius;
    long rows = (long)ceil(radius / pitch_y) + 1;
    long dies = 0;
    for (long row = -rows; row <= rows; row++) {
        double y = ((double)row + phase_y) * pitch_y;
        double corner_y = fabs(y) + geometry->height_mm / 2;
        if (corner_y > radius || y - geometry->height_mm / 2 < bottom)
            continue;
        double half_chord = sqrt((radius - corner_y) * (radius + corner_y));
        dies += count_within((half_chord - geometry->width_mm / 2) / pitch_x, phase_x);
    }
    return dies;
}

long fab_gross_die(const fab_die_geometry *geometry)
{
    static const double phases[] = {0.0, 0.5};
    long best = 0;
    for (int x = 0; x < 2; x++)
        for (int y = 0; y < 2; y++) {
            long dies = fab_gross_die_at(geometry, phases[x], phases[y]);
            best = dies > best ? dies : best;
        }
    return best;
}
