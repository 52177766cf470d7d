/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terms.h"

#include <math.h>
#include <string.h>

/* Penalty of a missing start whose limit names none, in costs of the start. */
#define SHORTFALL_COST_FACTOR 10.0

double fab_terms_day(const fab_terms *terms, int32_t date)
{
    return (double)date - (double)terms->period[0].date;
}

bool fab_terms_starts_inside(const fab_terms *terms, int period, int32_t from_date, int32_t to_date)
{
    int32_t date = terms->period[period].date;
    return from_date <= date && (date < to_date || to_date == FAB_DATE_NONE); /* a first day that is open is before all others */
}

int fab_terms_find_period(const fab_terms *terms, int32_t date)
{
    double day = fab_terms_day(terms, date);
    int low = 0, high = terms->period_count;
    if (day < 0 || day >= terms->horizon_days)
        return FAB_NONE;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (terms->period[middle].begin <= day)
            low = middle;
        else
            high = middle;
    }
    return low;
}

double fab_terms_charged_share(const fab_terms *terms, int tool_group, int period, double day)
{
    const struct fab_tool_group *group = &terms->model->tool_group[tool_group];
    return fmin(1, (day - terms->period[period].begin - group->lead_time_days) / group->life_days);
}

double fab_terms_shortfall_usd(const fab_terms *terms, int limit, int period)
{
    const struct fab_source_limit *row = &terms->model->source_limit[limit];
    const struct fab_source_period *at = &terms->source[row->source].period[period];
    /* the cost of a start has the share that is owed in it already */
    return isnan(row->shortfall_usd_per_start) ? SHORTFALL_COST_FACTOR * at->usd_per_start : row->shortfall_usd_per_start * at->owed;
}

int fab_terms_delivery_period(const fab_terms *terms, int tool_group, int order_period)
{
    double day = terms->period[order_period].begin + terms->model->tool_group[tool_group].lead_time_days;
    for (int u = order_period; u < terms->horizon_periods; u++)
        if (day <= terms->period[u].begin)
            return u;
    return FAB_NONE;
}

double fab_terms_mwh_per_hour(const fab_terms *terms, int tool_group)
{
    const struct fab_tool_group *group = &terms->model->tool_group[tool_group];
    return terms->model->line[group->line].facility_power_factor * group->power_kw / FAB_KW_PER_MW;
}

double fab_terms_usd_per_mwh(const fab_terms *terms, int tool_group, int period)
{
    int site = terms->model->line[terms->model->tool_group[tool_group].line].site;
    return terms->usd_per_mwh[site * terms->period_count + period] * terms->period[period].discount;
}

bool fab_terms_delivers_inside(const fab_terms *terms, int limit, int order_period)
{
    const struct fab_tool_delivery_limit *row = &terms->model->tool_delivery_limit[limit];
    double day = terms->period[order_period].begin + terms->model->tool_group[row->tool_group].lead_time_days;
    return day >= fab_terms_day(terms, row->from_date) && day < fab_terms_day(terms, row->to_date);
}

bool fab_terms_is_served(const fab_terms *terms, int substitute, const struct fab_served *served)
{
    const struct fab_substitute *row = &terms->model->substitute[substitute];
    return row->consumer && row->instead_of == served->instead_of && strcmp(row->consumer, served->consumer) == 0;
}

bool fab_scope_covers(const struct fab_scope *scope, int tool_group, int route, int step)
{
    return scope->tool_group == tool_group && (scope->route == FAB_NONE || scope->route == route) &&
           (scope->step == FAB_NONE || scope->step == step);
}
