/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

const struct fab_money_kind fab_money_kinds[FAB_MONEY_COUNT] = {
    [FAB_MONEY_REVENUE] = {"revenue_usd", true},           [FAB_MONEY_COST] = {"cost_usd", true},
    [FAB_MONEY_SHORTAGE] = {"shortage_usd", false},        [FAB_MONEY_LATE] = {"late_usd", false},
    [FAB_MONEY_COMMITMENT] = {"commitment_usd", false},    [FAB_MONEY_SHORTFALL] = {"shortfall_usd", false},
    [FAB_MONEY_SUBSTITUTION] = {"substitution_usd", true}, [FAB_MONEY_HOLDING] = {"holding_usd", true},
    [FAB_MONEY_POWER] = {"power_usd", true},               [FAB_MONEY_CAPEX] = {"capex_usd", true},
    [FAB_MONEY_REMOVAL] = {"removal_usd", true},           [FAB_MONEY_END_VALUE] = {"end_value_usd", false},
    [FAB_MONEY_CHANGE] = {"change_usd", false},
    [FAB_MONEY_DISCARD] = {"discard_usd", true},           [FAB_MONEY_MOVED] = {"moved_usd", true},
    [FAB_MONEY_TARGET] = {"target_usd", false},            [FAB_MONEY_CUMULATED] = {"cumulated_usd", false},
    [FAB_MONEY_FIXED] = {"fixed_usd", true},
    [FAB_MONEY_POLICY] = {"policy_usd", false},            [FAB_MONEY_TAIL] = {"tail_usd", false},
};
