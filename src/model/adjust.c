/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust.h"

#include "dictionary.h"

#include <math.h>

static bool concerns(const struct fab_adjustment *adjustment, fab_adjusted what, int row)
{
    return adjustment->what == what && adjustment->row == row;
}

static bool in_force(const struct fab_adjustment *adjustment, double day)
{
    return adjustment->from <= day && (day < adjustment->to || adjustment->ramp);
}

double fab_adjust_middle(const fab_model *model, double day)
{
    const struct fab_calendar *calendar = model->data_calendar ? model->data_calendar : model->calendar;
    int count = model->data_calendar ? model->data_calendar_count : model->calendar_count;
    for (int p = 0; p < count; p++) {
        const struct fab_calendar *period = &calendar[p];
        if (period->start_date <= day && day < period->end_date)
            return ((double)period->start_date + period->end_date) / 2;
    }
    return day;
}

static double operand(const fab_model *model, const struct fab_adjustment *adjustment, double day)
{
    if (!adjustment->ramp)
        return adjustment->value;
    double way = (fab_adjust_middle(model, day) - adjustment->from) / (adjustment->to - adjustment->from);
    return adjustment->value + (adjustment->last - adjustment->value) * fmin(1, fmax(0, way));
}

static double apply(const fab_model *model, const struct fab_adjustment *adjustment, double day, double value)
{
    double number = operand(model, adjustment, day);
    switch (adjustment->way) {
    case FAB_ADJUSTMENT_SET: return number;
    case FAB_ADJUSTMENT_SCALE: return value * number;
    case FAB_ADJUSTMENT_ADD: return value + number;
    }
    return value;
}

bool fab_adjust_any(const fab_model *model, fab_adjusted what, int row)
{
    for (int a = 0; a < model->adjustment_count; a++)
        if (concerns(&model->adjustment[a], what, row))
            return true;
    return false;
}

double fab_adjust_at(const fab_model *model, fab_adjusted what, int row, double day, double base)
{
    double value = base;
    for (int a = 0; a < model->adjustment_count; a++)
        if (concerns(&model->adjustment[a], what, row) && in_force(&model->adjustment[a], day))
            value = apply(model, &model->adjustment[a], day, value);
    return value;
}

/* The first border of an adjustment behind a day, or the end. */
static double next_border(const fab_model *model, int source, double day, double end)
{
    double next = end;
    for (int a = 0; a < model->adjustment_count; a++) {
        const struct fab_adjustment *adjustment = &model->adjustment[a];
        if (!concerns(adjustment, FAB_ADJUST_OUTPUT, source))
            continue;
        if (adjustment->from > day)
            next = fmin(next, adjustment->from);
        if (adjustment->to > day)
            next = fmin(next, adjustment->to);
    }
    return next;
}

double fab_adjust_output(const fab_model *model, int source, double begin, double end)
{
    double base = fab_derived_columns[FAB_ADJUST_OUTPUT].rule.preset, lost = 0;
    if (!fab_adjust_any(model, FAB_ADJUST_OUTPUT, source))
        return base;
    for (double day = begin, next; day < end; day = next) {
        next = next_border(model, source, day, end);
        lost += (base - fab_adjust_at(model, FAB_ADJUST_OUTPUT, source, day, base)) * (next - day);
    }
    return base - lost / (end - begin);
}

double fab_adjust_output_behind(const fab_model *model, int source)
{
    double value = fab_derived_columns[FAB_ADJUST_OUTPUT].rule.preset;
    for (int a = 0; a < model->adjustment_count; a++) {
        const struct fab_adjustment *adjustment = &model->adjustment[a];
        if (concerns(adjustment, FAB_ADJUST_OUTPUT, source) && (isinf(adjustment->to) || adjustment->ramp))
            value = apply(model, adjustment, (double)INFINITY, value);
    }
    return value;
}
