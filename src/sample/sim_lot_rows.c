/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_lot.h"

#include <math.h>

enum { LOT_PRIORITY = 10, HOT_PRIORITY = 50 };

/* ---- time ---- */

int64_t sim_time_at(const struct sim_lot *lot, double fraction)
{
    return (int64_t)(lot->clock.time + (fraction - lot->clock.fraction) * lot->clock.seconds);
}

double sim_fraction_at(const struct sim_lot *lot, int64_t time)
{
    return fmin(lot->clock.fraction + ((double)time - lot->clock.time) / lot->clock.seconds, 1);
}

/* ---- events ---- */

struct event {
    const char *what, *tool, *reason;
    int step; /* FAB_NONE: none */
    int before, after;
};

static void write_event(struct sim_family *family, struct sim_lot *lot, int64_t time, const struct event *event)
{
    fab_table_file *file = &family->sim->file[SIM_LOT_EVENT];
    lot->last = time > lot->last ? time : lot->last;
    fab_table_file_text(file, lot->name);
    fab_table_file_number(file, ++lot->seq);
    fab_table_file_time(file, lot->last);
    fab_table_file_text(file, event->what);
    if (event->step == FAB_NONE)
        fab_table_file_text(file, NULL);
    else
        fab_table_file_number(file, family->source->step[event->step].step);
    fab_table_file_text(file, event->tool);
    fab_table_file_number(file, event->before);
    fab_table_file_number(file, event->after);
    fab_table_file_text(file, event->reason);
    fab_table_file_end_row(file);
}

void sim_write_change(struct sim_family *family, struct sim_lot *lot, int64_t time, const char *what, int step, int before,
                      const char *reason)
{
    write_event(family, lot, time, &(struct event){what, NULL, reason, step, before, lot->wafers});
}

void sim_write_move(struct sim_family *family, struct sim_lot *lot, int64_t time, const char *what, int step, const char *tool)
{
    write_event(family, lot, time, &(struct event){what, tool, NULL, step, lot->wafers, lot->wafers});
}

/* ---- lots ---- */

const char *sim_name_wafer(const struct sim_family *family, int wafer, char name[SIM_WAFER_NAME_SIZE])
{
    snprintf(name, SIM_WAFER_NAME_SIZE, "%s-%02d", family->root, wafer + 1);
    return name;
}

void sim_write_lot(struct sim_family *family, const struct sim_lot *lot, const char *status, double progress)
{
    struct sim *sim = family->sim;
    fab_table_file *file = &sim->file[SIM_LOT], *wafers = &sim->file[SIM_WAFER];
    char text[SIM_WAFER_NAME_SIZE];
    fab_table_file_text(file, lot->name);
    fab_table_file_text(file, family->source->id);
    fab_table_file_text(file, family->customer);
    fab_table_file_number(file, family->hot ? HOT_PRIORITY : LOT_PRIORITY);
    fab_table_file_time(file, family->start);
    fab_table_file_time(file, family->due);
    fab_table_file_number(file, lot->wafers);
    fab_table_file_text(file, lot->parent ? lot->parent->name : NULL);
    if (progress < 0) {
        fab_table_file_text(file, NULL);
    } else {
        snprintf(text, sizeof text, "0.%04d", (int)(fmin(progress, 0.9999) * 10000));
        fab_table_file_text(file, text);
    }
    fab_table_file_text(file, status);
    fab_table_file_end_row(file);
    for (int i = 0; i < lot->wafers; i++) {
        fab_table_file_text(wafers, sim_name_wafer(family, lot->wafer[i], text));
        fab_table_file_text(wafers, lot->name);
        fab_table_file_number(wafers, lot->wafer[i] + 1);
        fab_table_file_end_row(wafers);
    }
    sim->lots++;
}
