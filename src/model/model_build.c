/* A model made, freed, and looked up by the data dictionary, whose offsets are those of model.h: apart from it, so that the two need not know each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include "dictionary.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_number(fab_model *model, const char *key, double value)
{
    const struct {
        const char *key;
        double *place;
    } places[] = {
        {"discount_rate", &model->discount_rate},
        {"end_value_frac", &model->end_value_frac},
        {"commitment_factor", &model->commitment_factor},
        {"hold_days", &model->hold_days},
        {"wip_wait_days", &model->wip_wait_days},
        {"wip_groups", &model->wip_groups},
        {"tail_days", &model->tail_days},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].key, key) == 0)
            *places[i].place = value;
}

static void set_text(fab_model *model, const char *key, const char *value)
{
    if (strcmp(key, "plan_name") == 0)
        model->plan_name = value;
    else if (strcmp(key, "currency") == 0)
        model->currency = value;
}

static void set_presets(fab_model *model)
{
    model->as_of = FAB_DATE_NONE;
    for (int s = 0; s < fab_settings_count; s++) {
        set_number(model, fab_settings[s].key, fab_settings[s].preset);
        set_text(model, fab_settings[s].key, fab_settings[s].preset_text);
    }
}

fab_model *fab_model_new(void)
{
    fab_model *model = calloc(1, sizeof *model);
    if (!model)
        return NULL;
    model->arena = fab_arena_new();
    if (!model->arena) {
        free(model);
        return NULL;
    }
    set_presets(model);
    return model;
}

void fab_model_free(fab_model *model)
{
    if (!model)
        return;
    fab_arena_free(model->arena);
    free(model);
}

/* YYYY-MM and ISO weeks are read as in any cell. */
static void read_as_of(fab_model *model, const char *value)
{
    const char *why;
    if (!fab_date_parse(value, &model->as_of, &why))
        model->as_of = FAB_DATE_NONE;
}

void fab_model_read_settings(fab_model *model)
{
    set_presets(model);
    for (int s = 0; s < model->setting_count; s++) {
        const struct fab_setting *setting = &model->setting[s];
        const struct fab_setting_def *def = fab_setting_find(setting->key);
        const char *why;
        double number;
        if (def && def->number && fab_number_parse(setting->value, &number, &why))
            set_number(model, setting->key, number);
        else if (def && def->date)
            read_as_of(model, setting->value);
        else if (def && !def->number)
            set_text(model, setting->key, setting->value);
    }
}

void fab_model_replace_calendar(fab_model *model, struct fab_calendar *calendar, int count)
{
    if (!model->data_calendar) {
        model->data_calendar = model->calendar;
        model->data_calendar_count = model->calendar_count;
    }
    model->calendar = calendar;
    model->calendar_count = count;
}

char **fab_model_rows(fab_model *model, const struct fab_table_def *table)
{
    return (char **)(void *)((char *)model + table->rows_offset);
}

int *fab_model_row_count(fab_model *model, const struct fab_table_def *table)
{
    return (int *)(void *)((char *)model + table->count_offset);
}

int fab_model_find_row(const fab_model *model, const struct fab_table_def *table, const char *key)
{
    const char *rows = *fab_model_rows((fab_model *)model, table);
    int low = 0, high = *fab_model_row_count((fab_model *)model, table);
    while (low < high) {
        int middle = low + (high - low) / 2;
        const char *found = *(const char *const *)(const void *)(rows + (size_t)middle * table->record_size + table->columns[0].offset);
        int order = strcmp(found, key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FAB_NONE;
}

int fab_model_find_source(const fab_model *model, const char *id)
{
    return fab_model_find_row(model, fab_dictionary_find("source"), id);
}

const struct fab_die *fab_model_find_die(const fab_model *model, int item)
{
    for (int i = 0; i < model->die_count; i++)
        if (model->die[i].item == item)
            return &model->die[i];
    return NULL;
}

double fab_die_area_cm2(const struct fab_die *die)
{
    static const double mm2_per_cm2 = 100;
    return isnan(die->critical_area_cm2) ? die->width_mm * die->height_mm / mm2_per_cm2 : die->critical_area_cm2;
}
