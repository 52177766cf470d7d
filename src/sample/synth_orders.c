/* Customers and their orders.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { TESLA, SPACEX, XAI, CUSTOMERS, HUNDRED = 100, WEEKS_MOST = 1024, SHIPPED_MOST = 120 };

static const struct {
    const char *id, *name;
    int priority, weight, entitlement, min_fill; /* weight and below: hundredths */
} customers[CUSTOMERS] = {{"TSL", "Tesla", 1, 100, 35, 60}, {"SPX", "SpaceX", 2, 90, 40, 50}, {"XAI", "xAI", 3, 80, 25, 40}};

/* ---- accounts ---- */

struct share {
    int customer, of; /* of the chip's volume, per mille */
    bool upside;
};

static void add_account(struct synth *synth, int chip, int64_t volume, struct share share)
{
    static const int late[] = {0, 42, 84, 84};
    int index = synth->accounts++;
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_ORDER, (uint64_t)index);
    struct synth_account *account = &synth->account[index];
    int64_t cents = synth->item[chip].cents * synth_draw(&random, 160, 300) / HUNDRED;
    *account = (struct synth_account){.customer = share.customer, .chip = chip, .upside = share.upside, .base = volume * share.of / SYNTH_MILLI};
    account->base = account->base > 0 ? account->base : 1;
    account->cents = (cents / HUNDRED + 1) * HUNDRED;
    account->shortage_cents = share.upside ? 0 : account->cents * synth_draw(&random, 5, 10) / 10 / HUNDRED * HUNDRED;
    account->max_late_days = late[synth_draw(&random, 0, 3)];
    account->late_cents = account->max_late_days > 0 ? account->cents / HUNDRED : 0;
}

static void add_accounts(struct synth *synth, const struct synth_family *family, int chip, int64_t volume)
{
    static const int first[SYNTH_CLASSES] = {XAI, TESLA, SPACEX}, second[SYNTH_CLASSES] = {TESLA, SPACEX, XAI};
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_ORDER, UINT64_C(1000000) + (uint64_t)chip);
    bool shared = chip == 1 || synth_draw(&random, 1, HUNDRED) <= 35, upside = chip == 0 || synth_draw(&random, 1, HUNDRED) <= 25;
    int part = shared ? synth_draw(&random, 650, 850) : SYNTH_MILLI;
    add_account(synth, chip, volume, (struct share){.customer = first[family->class], .of = part});
    if (shared)
        add_account(synth, chip, volume, (struct share){.customer = chip == 1 ? SPACEX : second[family->class], .of = SYNTH_MILLI - part});
    if (upside)
        add_account(synth, chip, volume, (struct share){.customer = first[family->class], .of = synth_draw(&random, 80, 200), .upside = true});
}

void synth_make_accounts(struct synth *synth)
{
    for (int f = 0; f < synth->families; f++) {
        const struct synth_family *family = &synth->family[f];
        const struct synth_item *die = &synth->item[family->die];
        int64_t good = family->wafers * die->gross * synth_yield(synth, die, synth_week(synth, synth->options.periods / 2)) / SYNTH_PPM / family->dies;
        for (int c = 0; c < family->chips; c++) {
            fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_ORDER, UINT64_C(2000000) + (uint64_t)(family->first_chip + c));
            int64_t of = die->bins > 0 ? die->share[c] : SYNTH_MILLI;
            add_accounts(synth, family, family->first_chip + c, good * of / SYNTH_MILLI * synth_draw(&random, 750, 900) / SYNTH_MILLI);
        }
    }
}

/* Grows by a third over the plan, a tenth up and down from week to week. */
int64_t synth_ordered(const struct synth *synth, int account, int week)
{
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_WEEK, (uint64_t)account * WEEKS_MOST + (uint64_t)week);
    int growth = 850 + 300 * week / synth->options.periods, noise = synth_draw(&random, 900, 1100);
    int64_t ordered = synth->account[account].base * growth / SYNTH_MILLI * noise / SYNTH_MILLI;
    return ordered > 0 ? ordered : 1;
}

/* ---- rows ---- */

static void write_order(struct synth *synth, int index, int week)
{
    const struct synth_account *account = &synth->account[index];
    const char *customer = customers[account->customer].id, *chip = synth->item[account->chip].id;
    SYNTH_PUT(synth, SYNTH_T_DEMAND, synth_text(synth_name(synth, "%s-%s%s:%s", customer, chip, account->upside ? "-MORE" : "", synth_week_name(synth, week))), synth_text(customer), synth_text(chip),
              synth_day(synth_week(synth, week)), synth_whole(synth_ordered(synth, index, week)), synth_decimal(account->cents, 2), synth_decimal(account->shortage_cents, 2),
              synth_decimal(account->late_cents, 2), synth_whole(account->max_late_days), synth_given(account->upside ? 0 : SYNTH_NONE, 0));
}

/* A launch cadence: what SpaceX takes of its first chip a week. */
static void write_shipment_limit(struct synth *synth)
{
    for (int a = 0; a < synth->accounts; a++)
        if (synth->account[a].customer == SPACEX) {
            SYNTH_PUT(synth, SYNTH_T_SHIPMENT_LIMIT, synth_text(customers[SPACEX].id), synth_text(synth->item[synth->account[a].chip].id), synth_day(synth->start),
                      synth_day(synth_week(synth, synth->options.periods)), synth_whole(synth->account[a].base * SHIPPED_MOST / HUNDRED + 1));
            return;
        }
}

void synth_write_orders(struct synth *synth)
{
    for (int c = 0; c < CUSTOMERS; c++)
        SYNTH_PUT(synth, SYNTH_T_CUSTOMER, synth_text(customers[c].id), synth_text(customers[c].name), synth_whole(customers[c].priority), synth_decimal(customers[c].weight, 2),
                  synth_decimal(customers[c].entitlement, 2), synth_decimal(customers[c].min_fill, 2));
    for (int a = 0; a < synth->accounts && !fab_context_interrupted(synth->context); a++)
        for (int week = 0; week < synth->options.periods; week++)
            write_order(synth, a, week);
    write_shipment_limit(synth);
}
