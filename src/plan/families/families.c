/* The table of families.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "number.h"
#include "program.h"

#include <stdio.h>

/* ---- shapes: [rows of a model table x periods] ---- */

#define SHAPE(name, count, with_periods)                            \
    static struct fab_shape name(const fab_terms *terms)            \
    {                                                               \
        return (struct fab_shape){.a = count, .b = 1, with_periods}; \
    }

SHAPE(each_source, terms->model->source_count, true)
SHAPE(each_wip_group, terms->wip_count, false)
SHAPE(each_wip_group_and_period, terms->wip_count, true)
SHAPE(each_source_limit, terms->model->source_limit_count, true)
SHAPE(each_item, terms->model->item_count, true)
SHAPE(each_substitute, terms->model->substitute_count, true)
SHAPE(each_demand_and_period, terms->model->demand_count, true)
SHAPE(each_demand, terms->model->demand_count, false)
SHAPE(each_tool_group, terms->model->tool_group_count, true)
SHAPE(each_alternate, terms->model->tool_alternate_count, true)
SHAPE(each_scope, terms->scope_count, true)
SHAPE(each_shipment_limit, terms->model->shipment_limit_count, true)
SHAPE(each_served, terms->served_count, true)
SHAPE(each_stock_target, terms->model->stock_target_count, true)
SHAPE(each_ship_target, terms->model->ship_target_count, false)
SHAPE(each_site, terms->model->site_count, true)
SHAPE(each_delivery_limit, terms->model->tool_delivery_limit_count, false)
SHAPE(each_line, terms->model->line_count, true)

static struct fab_shape each_period(const fab_terms *terms)
{
    (void)terms;
    return (struct fab_shape){.a = 1, .b = 1, .periods = true};
}

static struct fab_shape each_stage(const fab_terms *terms)
{
    return (struct fab_shape){.a = fab_stages_most(terms), .b = 1, .periods = false};
}

static struct fab_shape each_side_of_source_mix(const fab_terms *terms)
{
    return (struct fab_shape){.a = terms->model->source_mix_count, .b = FAB_MIX_KINDS, .periods = true};
}

static struct fab_shape each_side_of_ship_target(const fab_terms *terms)
{
    return (struct fab_shape){.a = terms->model->ship_target_count, .b = FAB_CUM_KINDS, .periods = false};
}

static struct fab_shape each_line_limit(const fab_terms *terms)
{
    return (struct fab_shape){.a = terms->model->line_limit_count, .b = FAB_LIN_KINDS, .periods = true};
}

/* ---- labels ---- */

static void say(char text[FAB_DETAIL_SIZE], const char *words)
{
    snprintf(text, FAB_DETAIL_SIZE, "%s", words);
}

static void label_source(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->source[tag.a].source);
}

/* "source,0.35" or "source,0.35 held"; what is under way: "source,0 started -14 to -7", "source,0.35 held gone on -2 to -2". */
static void label_wip_group(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_wip_group *group = &program->terms->wip[tag.a];
    char number[FAB_NUMBER_TEXT_SIZE];
    say(label->subject, program->terms->model->source[group->source].source);
    int length = snprintf(label->detail, sizeof label->detail, "%s%s", fab_number_print(group->progress, number), group->held ? " held" : "");
    if (group->begun)
        snprintf(label->detail + length, sizeof label->detail - (size_t)length, " %s %.6g to %.6g", group->begun->starts ? "started" : "gone on", group->begun->begin, group->begun->end);
}

static void label_source_limit(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->source[program->terms->model->source_limit[tag.a].source].source);
}

static void label_item(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->item[tag.a].item);
}

static void label_substitute(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_substitute *row = &program->terms->model->substitute[tag.a];
    snprintf(label->subject, sizeof label->subject, "%s>%s", program->terms->model->item[row->item].item, program->terms->model->item[row->instead_of].item);
    if (row->consumer)
        say(label->detail, row->consumer);
}

static void label_demand(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->demand[tag.a].demand);
}

static void label_tool_group(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->tool_group[tag.a].tool_group);
}

/* "route" or "route,step"; `every` stands for every route. */
static void say_route(const fab_model *model, int route, int step, const char *every, char text[FAB_DETAIL_SIZE])
{
    const char *name = route == FAB_NONE ? every : model->route[route].route;
    if (step == FAB_NONE)
        say(text, name);
    else
        snprintf(text, FAB_DETAIL_SIZE, "%s,%d", name, step);
}

static void label_alternate(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const fab_model *model = program->terms->model;
    const struct fab_tool_alternate *row = &model->tool_alternate[tag.a];
    snprintf(label->subject, sizeof label->subject, "%s>%s", model->tool_group[row->tool_group].tool_group,
             model->tool_group[row->alternate].tool_group);
    say_route(model, row->route, row->step, "*", label->detail);
}

static void label_scope(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_scope *scope = &program->terms->scope[tag.a];
    say(label->subject, program->terms->model->tool_group[scope->tool_group].tool_group);
    say_route(program->terms->model, scope->route, scope->step, "", label->detail);
}

static void label_shipment_limit(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_shipment_limit *row = &program->terms->model->shipment_limit[tag.a];
    say(label->subject, program->terms->model->customer[row->customer].customer);
    say(label->detail, program->terms->model->item[row->item].item);
}

/* "consumer", and the item that is served. */
static void label_served(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_served *served = &program->terms->served[tag.a];
    say(label->subject, served->consumer);
    say(label->detail, program->terms->model->item[served->instead_of].item);
}

/* "source", and of a maximum "most". */
static void label_source_mix(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->source[program->terms->model->source_mix[tag.a].source].source);
    if (tag.b == FAB_MIX_MOST) {
        say(label->detail, "most");
        label->reason = "the largest part of";
    }
}

/* "item", and the target's name. */
static void label_stock_target(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_stock_target *row = &program->terms->model->stock_target[tag.a];
    say(label->subject, program->terms->model->item[row->item].item);
    if (row->target)
        say(label->detail, row->target);
}

/* "customer", and "item,date"; of a maximum besides "most". */
static void label_ship_target(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_ship_target *row = &program->terms->model->ship_target[tag.a];
    char by[FAB_DATE_TEXT_SIZE];
    say(label->subject, program->terms->model->customer[row->customer].customer);
    snprintf(label->detail, sizeof label->detail, "%s,%s%s", program->terms->model->item[row->item].item, fab_date_print(row->by_date, by), tag.b == FAB_CUM_MOST ? ",most" : "");
    if (tag.b == FAB_CUM_MOST)
        label->reason = "the most that is shipped by a date to";
}

static void label_line_limit(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->line[program->terms->model->line_limit[tag.a].line].line);
    if (tag.b == FAB_LIN_RATE)
        return;
    say(label->detail, tag.b == FAB_LIN_RAMP ? "ramp" : "drop");
    label->reason = tag.b == FAB_LIN_RAMP ? "ramp of the line" : "fall of the line";
}

static void label_site(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->site[tag.a].site);
}

static void label_delivery_limit(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_tool_delivery_limit *row = &program->terms->model->tool_delivery_limit[tag.a];
    char from[FAB_DATE_TEXT_SIZE];
    say(label->subject, program->terms->model->tool_group[row->tool_group].tool_group);
    say(label->detail, fab_date_print(row->from_date, from));
}

static void label_line(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    say(label->subject, program->terms->model->line[tag.a].line);
}

static void label_period(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    (void)program;
    (void)tag;
    (void)label; /* the period is all there is to say */
}

static void label_stage(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    const struct fab_kept *kept = &program->kept[tag.a];
    say(label->subject, kept->stage);
    if (kept->kind == FAB_KEPT_SERVED && kept->customer_count == 1)
        say(label->detail, program->terms->model->customer[kept->customer[0]].customer);
}

static struct fab_shape each_held(const fab_terms *terms)
{
    return (struct fab_shape){.a = fab_held_most(terms), .b = 1, .periods = false};
}

/* "x,WAFERS" and the period: the decision that is held. */
static void label_held(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    struct fab_tag decision = program->lp->column[program->held[tag.a].column].tag;
    struct fab_label of;
    fab_program_label(program, decision, &of);
    say(label->subject, program->family[decision.family].code);
    snprintf(label->detail, sizeof label->detail, "%.300s%s%.200s", of.subject, *of.detail ? "," : "", of.detail);
}

#define COLUMN(code, name, meaning, unit, shape, build, label) {code, name, meaning, unit, FAB_SIDE_COLUMN, shape, build, label, NULL, NULL, false}
#define ROW(code, name, meaning, unit, shape, build, label, reason_code, reason) \
    {code, name, meaning, unit, FAB_SIDE_ROW, shape, build, label, reason_code, reason, false}
#define ROW_AS_A_WHOLE(code, name, meaning, unit, shape, build, label, reason_code, reason) \
    {code, name, meaning, unit, FAB_SIDE_ROW, shape, build, label, reason_code, reason, true}

const struct fab_family fab_families[FAB_FAMILIES] = {
    [FAB_X] = COLUMN("x", "starts", "wafers or units started", "starts", each_source, fab_col_starts, label_source),
    [FAB_GO] = COLUMN("go", "wafers that go on", "wafers of the starting work in process that go on at once", "wafers", each_wip_group, fab_col_wip,
                      label_wip_group),
    [FAB_GO_IN] = COLUMN("go_in", "wafers that go on later", "wafers of the starting work in process that go on in the period", "wafers",
                         each_wip_group_and_period, NULL, label_wip_group),
    [FAB_WAIT] = COLUMN("wait", "wafers that wait", "wafers of the starting work in process that do not go on inside the horizon", "wafers",
                        each_wip_group, NULL, label_wip_group),
    [FAB_LACKMIN] = COLUMN("lackmin", "missing starts", "starts missing from the minimum of a source limit", "starts", each_source_limit,
                           fab_col_lackmin, label_source_limit),
    [FAB_I] = COLUMN("I", "stock", "units in stock at the end of the period", "units", each_item, fab_col_stock, label_item),
    [FAB_Z] = COLUMN("z", "discards", "units thrown away", "units", each_item, NULL, label_item),
    [FAB_M] = COLUMN("m", "substitutions", "units of one item that serve as another", "units", each_substitute, fab_col_substitute,
                     label_substitute),
    [FAB_Y] = COLUMN("y", "shipments", "units shipped against an order", "units", each_demand_and_period, fab_col_orders, label_demand),
    [FAB_SHORT] = COLUMN("short", "shortage", "units of an order that are never shipped", "units", each_demand, NULL, label_demand),
    [FAB_LACK] = COLUMN("lack", "broken promise", "units missing from the promised fill of an order", "units", each_demand, NULL, label_demand),
    [FAB_N] = COLUMN("n", "orders", "tools ordered", "tools", each_tool_group, fab_col_tools, label_tool_group),
    [FAB_R] = COLUMN("r", "removals", "tools removed", "tools", each_tool_group, NULL, label_tool_group),
    [FAB_MOVED] = COLUMN("off", "hours moved", "hours of a tool group that are done on an alternate", "hours", each_alternate, fab_col_moved,
                         label_alternate),
    [FAB_RISE] = COLUMN("rise", "rises", "rise of the weekly starts of a source against the period before", "starts a week", each_source, fab_col_movement, label_source),
    [FAB_FALL] = COLUMN("fall", "falls", "fall of the weekly starts of a source against the period before", "starts a week", each_source, NULL, label_source),
    [FAB_USE] = COLUMN("use", "periods with starts", "1 where a source starts anything in the period, else 0", "periods", each_source, fab_col_use, label_source),
    [FAB_TIMES] = COLUMN("times", "multiples of starts", "how many of its multiple a source starts in the period", "multiples", each_source, fab_col_whole, label_source),
    [FAB_TAKEN] = COLUMN("taken", "orders taken", "1 where an order is shipped as a whole, 0 where nothing of it is", "orders", each_demand, NULL, label_demand),
    [FAB_BOXES] = COLUMN("boxes", "multiples of shipments", "how many of its multiple an order ships in the period", "multiples", each_demand_and_period, NULL, label_demand),
    [FAB_UNDER] = COLUMN("under", "missing from a policy", "what whole tools leave missing from what an earlier stage of the policy reached", "", each_stage, NULL, label_stage),
    [FAB_BELOW] = COLUMN("below", "stock below target", "units missing from a target of stock at the end of the period", "units", each_stock_target, fab_col_below, label_stock_target),
    [FAB_BEHIND] = COLUMN("behind", "behind a cumulated promise", "units missing from what was promised by a date", "units", each_ship_target, fab_col_behind, label_ship_target),
    [FAB_MORE] = COLUMN("more", "increases", "more of a decision than in the old plan", "", each_held, fab_col_changes, label_held),
    [FAB_LESS] = COLUMN("less", "decreases", "less of a decision than in the old plan", "", each_held, NULL, label_held),
    [FAB_BAL] = ROW("BAL", "item balance", "what is there and arrives = what stays, goes into other items, is shipped or thrown away", "units",
                    each_item, fab_eq_bal, label_item, NULL, NULL),
    [FAB_CAP] = ROW("CAP", "tool hours", "hours of a tool group's work <= hours its tools give", "hours", each_tool_group, fab_eq_cap,
                    label_tool_group, "CAP", "tool hours"),
    [FAB_WIP] = ROW("WIP", "work in process", "wafers that go on + wafers that wait = wafers in process", "wafers", each_wip_group, fab_eq_wip,
                    label_wip_group, "WIP", "work in process of"),
    [FAB_RMV] = ROW("RMV", "tools left", "tools of a group >= 0", "tools", each_tool_group, NULL, label_tool_group, "RMV", "tools left of"),
    [FAB_OFF] = ROW("OFF", "qualified hours", "hours moved to alternates <= hours of the steps that may move", "hours", each_scope, fab_eq_off,
                    label_scope, "OFF", "hours that may move off"),
    [FAB_DEM] = ROW("DEM", "demand", "shipped + never shipped = wanted", "units", each_demand, fab_eq_dem, label_demand, "DEM", "the order"),
    [FAB_MIN] = ROW("MIN", "minimum fill", "shipped + missing >= promised share of the demand", "units", each_demand, fab_eq_min, label_demand,
                    "MIN", "promised fill of"),
    [FAB_SHP] = ROW("SHP", "shipment limit", "shipments <= what the customer can take", "units", each_shipment_limit, fab_eq_shp,
                    label_shipment_limit, "SHP", "what the customer can take:"),
    [FAB_SUB] = ROW("SUB", "substitutes of one", "what substitutes serve for a consumer <= what it uses of the item", "units", each_served, fab_eq_sub, label_served, "SUB",
                    "what substitutes may serve for"),
    [FAB_MIX] = ROW("MIX", "split of sources", "the part of a source in what is started of its item is between its minimum and its maximum", "units", each_side_of_source_mix, fab_eq_mix,
                    label_source_mix, "MIX", "the least part of"),
    [FAB_CUM] = ROW("CUM", "cumulated promise", "shipments up to a date + missing >= what is promised by then; <= the most by then", "units", each_side_of_ship_target, fab_eq_cum,
                    label_ship_target, "CUM", "the cumulated promise to"),
    [FAB_TGT] = ROW("TGT", "stock target", "stock + missing >= the target's units and the days of orders and use that it covers", "units", each_stock_target, fab_eq_tgt,
                    label_stock_target, "TGT", "the safety stock of"),
    [FAB_SRC] = ROW("SRC", "source limit", "minimum <= starts + missing starts; starts <= maximum", "starts", each_source_limit, fab_eq_src,
                    label_source_limit, "MIN_STARTS", "promised minimum of"),
    [FAB_LIN] = ROW("LIN", "line limit", "weekly starts of a line, their growth and their fall", "starts a week", each_line_limit, fab_eq_lin,
                    label_line_limit, "LIN", "starts of the line"),
    [FAB_PWR] = ROW("PWR", "power", "power drawn at a site <= its limit and what its generators add", "MW", each_site, fab_eq_pwr, label_site,
                    "PWR", "power limit"),
    [FAB_DLV] = ROW("DLV", "tool deliveries", "tools delivered in a window <= what can be had", "tools", each_delivery_limit, fab_eq_dlv,
                    label_delivery_limit, "DLV", "deliveries of"),
    [FAB_FLR] = ROW("FLR", "cleanroom floor", "floor of a line's tools <= its floor and shells", "m2", each_line, fab_eq_flr, label_line, "FLR",
                    "floor of the line"),
    [FAB_BUD] = ROW_AS_A_WHOLE("BUD", "capital budget", "price of tools ordered so far <= money available so far", "USD", each_period, fab_eq_bud,
                    label_period, "BUD", "capital budget"),
    [FAB_CHG] = ROW("CHG", "change of starts", "weekly starts - those of the period before = rise - fall", "starts a week", each_source, fab_eq_chg, label_source, "CHG",
                    "change of starts of"),
    [FAB_FRZ] = ROW("FRZ", "old plan", "a decision = the old plan's + more - less", "", each_held, fab_eq_frz, label_held, "FRZ", "what the old plan decided:"),
    [FAB_USE_MOST] = ROW("USE", "period in use", "starts <= what they could be at most, where the period has starts", "starts", each_source, fab_eq_use, label_source, "USE",
                         "fixed charge of"),
    [FAB_LOT] = ROW("LOT", "minimum lot", "starts >= the minimum lot, where the period has starts", "starts", each_source, NULL, label_source, "LOT", "minimum lot of"),
    [FAB_MUL] = ROW("MUL", "multiple of starts", "starts = multiple x a whole number", "starts", each_source, fab_eq_whole, label_source, "MUL", "multiple of"),
    [FAB_WHO] = ROW("WHO", "whole order", "never shipped = 0, or all that is wanted", "units", each_demand, NULL, label_demand, "WHO", "all or nothing of"),
    [FAB_BOX] = ROW("BOX", "multiple of shipments", "shipped = multiple x a whole number", "units", each_demand_and_period, NULL, label_demand, "BOX", "multiple of"),
    [FAB_POL] = ROW("POL", "policy", "what an earlier stage of the policy reached, or a fill that was asked for, is kept", "", each_stage, NULL, label_stage, "POL",
                    "what is kept of the stage"),
};
