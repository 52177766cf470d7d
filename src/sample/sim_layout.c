/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "dictionary.h"
#include "die_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 1 pm, as for the gross die: a corner that lies on the edge counts. */
static const double TOUCH_MM = 1e-9;

struct grid {
    double pitch_x, pitch_y, width, height, radius, phase_x, phase_y;
};

struct place {
    int column, row;
    double x, y, square; /* square: of the distance from the centre */
};

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->square != b->square)
        return a->square < b->square ? -1 : 1;
    return a->row != b->row ? a->row - b->row : a->column - b->column;
}

/* The half-pitch phase that holds the fewest die that are enough. 0: none does. */
static long find_phase(const struct fab_die_geometry *geometry, int needed, double *phase_x, double *phase_y)
{
    long best = 0;
    for (int i = 0; i < 4; i++) {
        double x = 0.5 * (i % 2), y = 0.5 * (i / 2);
        long count = fab_gross_die_at(geometry, x, y);
        if (count >= needed && (best == 0 || count < best)) {
            best = count;
            *phase_x = x;
            *phase_y = y;
        }
    }
    return best;
}

/* Whole die of the grid; at most capacity of them. */
static int enumerate(const struct grid *grid, struct place *places, int capacity)
{
    int columns = (int)(grid->radius / grid->pitch_x) + 2, rows = (int)(grid->radius / grid->pitch_y) + 2, count = 0;
    for (int r = -rows; r <= rows; r++)
        for (int c = -columns; c <= columns; c++) {
            double x = (c + grid->phase_x) * grid->pitch_x, y = (r + grid->phase_y) * grid->pitch_y;
            double corner_x = fabs(x) + grid->width / 2, corner_y = fabs(y) + grid->height / 2;
            if (corner_x * corner_x + corner_y * corner_y <= grid->radius * grid->radius && count < capacity)
                places[count++] = (struct place){c, r, x, y, x * x + y * y};
        }
    return count;
}

static bool fill_layout(fab_arena *arena, const struct place *places, int count, struct sim_layout *layout)
{
    int left = places[0].column, right = left, bottom = places[0].row, top = bottom;
    for (int i = 1; i < count; i++) {
        left = places[i].column < left ? places[i].column : left;
        right = places[i].column > right ? places[i].column : right;
        bottom = places[i].row < bottom ? places[i].row : bottom;
        top = places[i].row > top ? places[i].row : top;
    }
    size_t width = (size_t)(right - left) + 2,
           length = width * ((size_t)(top - bottom) + 1) - 1; /* a separator behind every row but the last */
    if (length > FAB_TEXT_MAX)
        return true;
    char *blank = fab_arena_take(arena, length + 1, 1);
    layout->place = fab_arena_take(arena, (size_t)count, sizeof *layout->place);
    layout->x = fab_arena_take(arena, (size_t)count, sizeof *layout->x);
    layout->y = fab_arena_take(arena, (size_t)count, sizeof *layout->y);
    layout->edge = fab_arena_take(arena, (size_t)count, sizeof *layout->edge);
    if (!blank || !layout->place || !layout->x || !layout->y || !layout->edge)
        return false;
    memset(blank, FAB_DIE_MAP_NONE, length);
    for (size_t i = width - 1; i < length; i += width)
        blank[i] = FAB_DIE_MAP_ROW;
    double outermost = fmax(sqrt(places[count - 1].square), 1);
    for (int i = 0; i < count; i++) {
        layout->place[i] = (top - places[i].row) * (int)width + places[i].column - left;
        layout->x[i] = (float)places[i].x;
        layout->y[i] = (float)places[i].y;
        layout->edge[i] = (float)(sqrt(places[i].square) / outermost);
    }
    layout->blank = blank;
    layout->length = length;
    layout->count = count;
    return true;
}

bool sim_layout_init(fab_arena *arena, const struct fab_die *die, int gross_die, struct sim_layout *layout)
{
    *layout = (struct sim_layout){0};
    if (!die || !(die->width_mm > 0) || !(die->height_mm > 0) || gross_die > FAB_TEXT_MAX)
        return true;
    struct fab_die_geometry geometry = {die->width_mm, die->height_mm, die->scribe_mm, die->edge_mm, die->wafer_mm, 0};
    struct grid grid = {die->width_mm + die->scribe_mm,
                        die->height_mm + die->scribe_mm,
                        die->width_mm,
                        die->height_mm,
                        die->wafer_mm / 2 - die->edge_mm + TOUCH_MM,
                        0,
                        0};
    long count = find_phase(&geometry, gross_die, &grid.phase_x, &grid.phase_y);
    if (count == 0 || count > 4 * FAB_TEXT_MAX)
        return true;
    struct place *places = malloc((size_t)count * sizeof *places);
    if (!places)
        return false;
    int found = enumerate(&grid, places, (int)count);
    qsort(places, (size_t)found, sizeof *places, compare_places);
    bool done = found < gross_die || fill_layout(arena, places, gross_die, layout); /* the outermost surplus die are test structures */
    free(places);
    return done;
}
