/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include "dictionary.h"
#include "number.h"

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
    for (int s = 0; s < fab_settings_count; s++) {
        set_number(model, fab_settings[s].key, fab_settings[s].preset);
        set_text(model, fab_settings[s].key, fab_settings[s].preset_text);
    }
    return model;
}

void fab_model_free(fab_model *model)
{
    if (!model)
        return;
    fab_arena_free(model->arena);
    free(model);
}

void fab_model_read_settings(fab_model *model)
{
    for (int s = 0; s < model->setting_count; s++) {
        const struct fab_setting *setting = &model->setting[s];
        const struct fab_setting_def *def = fab_setting_find(setting->key);
        const char *why;
        double number;
        if (def && def->number && fab_number_parse(setting->value, &number, &why))
            set_number(model, setting->key, number);
        else if (def && !def->number)
            set_text(model, setting->key, setting->value);
    }
}
