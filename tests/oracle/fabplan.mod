/* fabplan.mod - the linear program of planning-model.md (policy profit, continuous), a second time.

   Written from the design text alone, so that it shares nothing with src/. oracle.py turns a folder of CSV files into
   the data section: dates become days since the first period's start, absent cells become their defaults,
   effective-dated tables and yields become one value per period. Everything else - shares, hours, windows, balances,
   the objective - is stated here. Lots come as groups with their place in the cycle time.

   Row names start with the code of their family. Helper rows: TLS defines N, MWD the power draw, WHR the hours of WIP. */

/* ---------------------------------------------------------------- time */
param T integer, >= 1;
param Th integer, >= 1, <= T;                     # periods of the horizon; those behind are its tail
set P := 1..T;
param b{P};                                       # first day of a period, b[1] = 0
param e{P};                                       # day after its last
param d{t in P} := e[t] - b[t];
param mid{t in P} := (b[t] + e[t]) / 2;

param tiny := 1e-12;                              # shares below this are rounding residue, not shares
param year := 365.25;

/* ---------------------------------------------------------------- settings */
param discount_rate;
param end_value_frac;
param commitment_factor;
param df{t in P} := 1 / (1 + discount_rate) ^ (b[t] / year);
param df_end := 1 / (1 + discount_rate) ^ (e[T] / year);

/* ---------------------------------------------------------------- network */
set SITE;
set LINE;
param line_site{LINE} symbolic;
param base_load_mw{LINE};
param power_factor{LINE};
set FLOORED within LINE;                          # lines with a floor limit
param line_floor{FLOORED};

set POWERED within SITE;                          # sites with a power limit
param mw_limit{POWERED, P};
param usd_per_mwh{POWERED, P};

set GROUP;
param group_line{GROUP} symbolic;
set GIVEN within GROUP;                           # groups whose availability is given
param given_availability{GIVEN};
set STOP dimen 2;                                 # group, cause
param stop_hours{STOP};
set STOP_H within STOP;                           # stops by time
param hours_between{STOP_H};
set STOP_U within STOP;                           # stops by units of one tool
param units_between{STOP_U};
param availability{g in GROUP} := if g in GIVEN then given_availability[g]
    else 1 - sum{(g,cause) in STOP_H} stop_hours[g,cause] / (hours_between[g,cause] + stop_hours[g,cause]);
param max_utilisation{GROUP};
param power_kw{GROUP};
param price_usd{GROUP};
param floor_m2{GROUP};
param lead{GROUP};
param life{GROUP};
param supply_mw{GROUP};
param tools{GROUP, P};                            # installed, tool_count else tool_group.tools
set BUYABLE within GROUP;
set REMOVABLE within GROUP;
param removal_usd{REMOVABLE};

set NT := {g in BUYABLE, t in P: b[t] + lead[g] <= b[Th]};         # orders that arrive by the horizon's last period

set ROUTE;
set STEP dimen 2;                                 # route, place of the step (1..n)
param step_no{STEP};                              # its number in the data
param step_group{STEP} symbolic;
param visits{STEP};
param minutes{STEP} default 0;
set CASCADE within STEP;                          # steps with an interval, which takes the place of the minutes
param interval{CASCADE};
param lot_size{ROUTE};
param lot_minutes{STEP} default 0;
param batch_minutes{STEP} default 0;
param batch_max{STEP} default 1;
param batch_fill{STEP} default 1;
param setup_minutes{STEP} default 0;
param units_per_setup{STEP} default 1;
param lead_minutes{STEP} default 0;
param units_per_train{STEP} default 1;
param back{(r,k) in STEP} default k;              # place of the step that rework goes back to
param sample{STEP};
param rework{STEP};
param scrap{STEP};
param f1{STEP};
param f2{STEP};
param cycle{ROUTE, P};                            # days, for starts of the period

set ALT;                                          # rows of tool_alternate
param alt_from{ALT} symbolic;
param alt_onto{ALT} symbolic;
set ALT_R within ALT;                             # rows that name a route
param alt_route{ALT_R} symbolic;
set ALT_S within ALT_R;                           # rows that name a step, too
param alt_step{ALT_S};
param ratio{ALT};
param alt_begin{ALT} default -Infinity;           # qualified from, until
param alt_end{ALT} default Infinity;
param alt_usd{ALT};                               # of an hour moved

/* ---------------------------------------------------------------- items, sources */
set ITEM;
param unit_value{ITEM};
param holding_frac{ITEM};
param max_stock{ITEM} default Infinity;
param discard{ITEM};                              # usd of a unit thrown away
param on_hand{ITEM} default 0;
set SKL;                                          # rows of stock_limit
param sk_item{SKL} symbolic;
param sk_from{SKL};
param sk_to{SKL} default Infinity;
set SKL_MAX within SKL;
param sk_max{SKL_MAX};
set SKL_HOLD within SKL;
param sk_hold{SKL_HOLD};
# rows of an item do not overlap: a column of the row in force, else the item's own
set SK_MAX{i in ITEM, t in P} := {r in SKL_MAX: sk_item[r] = i and sk_from[r] <= b[t] and b[t] < sk_to[r]};
set SK_HOLD{i in ITEM, t in P} := {r in SKL_HOLD: sk_item[r] = i and sk_from[r] <= b[t] and b[t] < sk_to[r]};
param room{i in ITEM, t in P} := if card(SK_MAX[i,t]) > 0 then sum{r in SK_MAX[i,t]} sk_max[r] else max_stock[i];
param hold{i in ITEM, t in P} := if card(SK_HOLD[i,t]) > 0 then sum{r in SK_HOLD[i,t]} sk_hold[r] else holding_frac[i];

set STG;                                          # rows of stock_target
param tg_item{STG} symbolic;
param tg_from{STG};
param tg_to{STG} default Infinity;
param tg_qty{STG};
param tg_cover{STG};
param tg_usd{STG};
set TH := {r in STG, t in P: tg_from[r] <= b[t] and b[t] < tg_to[r]};
# part of u that the cover behind t reaches
param cov{(r,t) in TH, u in P} := if u > t then max(0, min(e[t] + tg_cover[r], e[u]) - max(e[t], b[u])) / d[u] else 0;

set RECEIPT;
param receipt_item{RECEIPT} symbolic;
param receipt_day{RECEIPT};
param receipt_qty{RECEIPT};

set BILL;                                         # rows of bom
param bl_item{BILL} symbolic;
param bl_comp{BILL} symbolic;
param bl_qty{BILL};
param bl_at{BILL};                                # part of the lead time after which it is taken
param bl_from{BILL} default -Infinity;
param bl_to{BILL} default Infinity;
set BL_S within BILL;                             # rows for a source

set SUBST;
param sub_item{SUBST} symbolic;
param sub_instead{SUBST} symbolic;
param sub_usd{SUBST};
param sub_rate{SUBST};
param sub_from{SUBST} default -Infinity;
param sub_to{SUBST} default Infinity;
set SUB_C within SUBST;                           # of one consumer alone
param sub_consumer{SUB_C} symbolic;
set SUBR := setof{j in SUB_C} (sub_consumer[j], sub_instead[j]);

set SOURCE;
param item{SOURCE} symbolic;
param source_line{SOURCE} symbolic;
set MADE within SOURCE;                           # sources with a route
param route{MADE} symbolic;
param U{SOURCE};                                  # gross units per start
param consumes_bom{SOURCE};
param lead_days{SOURCE} default 0;                # without a route
param available_from{SOURCE} default -Infinity;
param available_to{SOURCE} default Infinity;
param Y{SOURCE, P};                               # line yield x unit yield of the starts of the period
param c{SOURCE, P};                               # usd per start
param bl_source{BL_S} symbolic;
set OUTPUT dimen 2;                               # source, item of source_output
param share{OUTPUT, P};                           # of the starts of the period
param out_at{OUTPUT, P};                          # part of the lead time after which it is out

set MIX;                                          # rows of source_mix
param mx_item{MIX} symbolic;
param mx_source{MIX} symbolic;
param mx_from{MIX};
param mx_to{MIX} default Infinity;
set MIX_MIN within MIX;
param mx_min{MIX_MIN};
set MIX_MAX within MIX;
param mx_max{MIX_MAX};

set SLIM;                                         # rows of source_limit
param sl_source{SLIM} symbolic;
param sl_from{SLIM};
param sl_to{SLIM};
param sl_min{SLIM};
set SLIM_MAX within SLIM;
param sl_max{SLIM_MAX};
set SLIM_FALL within SLIM;                        # rows with shortfall_usd_per_start given
param sl_fall{SLIM_FALL};

set LLIM;                                         # rows of line_limit
param ll_line{LLIM} symbolic;
param ll_from{LLIM};
param ll_to{LLIM};
set LLIM_MAX within LLIM;
param ll_max{LLIM_MAX};
set LLIM_RAMP within LLIM;
param ll_ramp{LLIM_RAMP};
set LLIM_DROP within LLIM;
param ll_drop{LLIM_DROP};

/* ---------------------------------------------------------------- demand, limits */
set DEMAND;
param dem_customer{DEMAND} symbolic;
param dem_item{DEMAND} symbolic;
param dem_day{DEMAND};
param quantity{DEMAND};
param price{DEMAND};
param shortage_usd{DEMAND};
param late_usd{DEMAND};
param max_late{DEMAND};
param min_fill{DEMAND};                           # its own, else the customer's

set ORDERS within DEMAND;                         # those of the horizon; the others are copies of its tail

set CUM;                                          # rows of ship_target
param cu_customer{CUM} symbolic;
param cu_item{CUM} symbolic;
param cu_day{CUM};
param cu_before{CUM};
set CUM_MIN within CUM;
param cu_min{CUM_MIN};
set CUM_MAX within CUM;
param cu_max{CUM_MAX};
set CUM_USD within CUM;
param cu_usd{CUM_USD};

set SHIP;                                         # rows of shipment_limit
param sh_customer{SHIP} symbolic;
param sh_item{SHIP} symbolic;
param sh_from{SHIP};
param sh_to{SHIP};
param sh_max{SHIP};

set DELIVERY;                                     # rows of tool_delivery_limit
param dl_group{DELIVERY} symbolic;
param dl_from{DELIVERY};
param dl_to{DELIVERY};
param dl_max{DELIVERY};

set CAPEX;                                        # rows of capex_budget
param cx_day{CAPEX};
param cx_usd{CAPEX};

/* ---------------------------------------------------------------- work in process */
param wip_wait_days;
set WIP;                                          # groups of lots in process: a source, a place, held or not
param wip_source{WIP} symbolic;
param wafers{WIP};
param place{WIP};                                 # f: part of the cycle time that is done
param ready{WIP};                                 # h: first day on which they may go on
param wip_L{WIP};                                 # whole cycle time
set WIP_OUT dimen 2;                              # groups, and outputs of their sources as of the lots' start date
param wip_share{WIP_OUT};
param wip_at{WIP_OUT};
param wip_gone{WIP_OUT};                          # part of the wafers of which it is out already
set WIP_BILL dimen 2;                             # groups, and rows of bom in force at the lots' start date
param wip_taken{WIP_BILL};                        # part of the wafers that have the component in them
param wip_line_yield{WIP};
param wip_unit_yield{WIP};
param wip_done{WIP, 1..1000} default 0;           # share of the wafers with a move_out of the step (its place on the route)

/* ---------------------------------------------------------------- derived data */
# L(s,t): planned cycle time of the route for starts in t, or the source's lead time
param L{s in SOURCE, t in P} := if s in MADE then cycle[route[s], t] else lead_days[s];

# w(s,t,u) = overlap([b_t + L, e_t + L), [b_u, e_u)) / d_t
param w{s in SOURCE, t in P, u in t..T} :=
    max(0, min(e[t] + L[s,t], e[u]) - max(b[t] + L[s,t], b[u])) / d[t];

# v(r,k,t,u): share of the hours of step k, for starts of t, that falls into u. With a = f1 L and z = f2 L,
# v = measure{(x,o): x in [b_t,e_t), o in [a,z], b_u <= x+o < e_u} / (d_t (z-a)) = (F(e_u) - F(b_u)) / (d_t (z-a)),
# F(y) = G(y-b_t-a) - G(y-e_t-a) - G(y-b_t-z) + G(y-e_t-z), G(x) = max(0,x)^2/2. Periods that [b_t+a, e_t+z) does not
# meet have v = 0 exactly.
param a{(r,k) in STEP, t in P} := f1[r,k] * cycle[r,t];
param z{(r,k) in STEP, t in P} := f2[r,k] * cycle[r,t];
param v{(r,k) in STEP, t in P, u in t..T} :=
    if b[t] + a[r,k,t] >= e[u] or e[t] + z[r,k,t] <= b[u] then 0
    else if z[r,k,t] <= a[r,k,t] then
        max(0, min(e[t] + a[r,k,t], e[u]) - max(b[t] + a[r,k,t], b[u])) / d[t]
    else
        ( max(0, e[u] - b[t] - a[r,k,t])^2 / 2 - max(0, b[u] - b[t] - a[r,k,t])^2 / 2
        - max(0, e[u] - e[t] - a[r,k,t])^2 / 2 + max(0, b[u] - e[t] - a[r,k,t])^2 / 2
        - max(0, e[u] - b[t] - z[r,k,t])^2 / 2 + max(0, b[u] - b[t] - z[r,k,t])^2 / 2
        + max(0, e[u] - e[t] - z[r,k,t])^2 / 2 - max(0, b[u] - e[t] - z[r,k,t])^2 / 2 )
        / (d[t] * (z[r,k,t] - a[r,k,t]));

# minutes that a unit occupies a tool in a visit
param occupancy{(r,k) in STEP} := (if (r,k) in CASCADE then interval[r,k] else minutes[r,k]) + lot_minutes[r,k] / lot_size[r]
    + batch_minutes[r,k] / (batch_max[r,k] * batch_fill[r,k]) + setup_minutes[r,k] / units_per_setup[r,k]
    + lead_minutes[r,k] / units_per_train[r,k]
    + sum{(g,cause) in STOP_U: g = step_group[r,k]} 60 * stop_hours[g,cause] / units_between[g,cause];
# surv = product of (1 - scrap) of earlier steps; passes of the rework of step k per start, last step first
param surv{(r,k) in STEP} := prod{j in 1..k-1} (1 - scrap[r,j]);
param passes{(r,k) in STEP} := rework[r,k] / (1 - rework[r,k])
    * (visits[r,k] * sample[r,k] * surv[r,k] + sum{(r,l) in STEP: l > k and back[r,l] <= k} passes[r,l]);
# what is done at the place k: step j, once in each pass of the rework of k, and k's own visits
set WORK := setof{(r,k) in STEP, j in (if rework[r,k] > 0 then back[r,k] else k)..k} (r,k,j);
param h{(r,k,j) in WORK} := ((if j = k then visits[r,k] * sample[r,k] * surv[r,k] else 0) + passes[r,k]) * occupancy[r,j] / 60;

set OPS{g in GROUP} := setof{(r,k,j) in WORK: step_group[r,j] = g} (r,k,j);     # the work that runs on a group
set ON_ROUTE{r in ROUTE} := {s in MADE: route[s] = r};
set ON_LINE{l in LINE} := {s in SOURCE: source_line[s] = l};
set GROUPS_OF{l in LINE} := {g in GROUP: group_line[g] = l};
set OUT_OF{g in GROUP} := {j in ALT: alt_from[j] = g};
set NAMED_R := setof{j in ALT_R} (alt_from[j], alt_route[j]);
set NAMED_S := setof{j in ALT_S} (alt_from[j], alt_route[j], alt_step[j]);
set INTO{g in GROUP} := {j in ALT: alt_onto[j] = g};

# WIP. Good units of a wafer that goes on; they come when the rest of the cycle time is over.
param wip_good{g in WIP} := U[wip_source[g]] * wip_line_yield[g] ^ (1 - place[g]) * wip_unit_yield[g];
param rest{g in WIP} := (1 - place[g]) * wip_L[g];
# ways to go on: at the moment h, or at a constant rate over what lies behind h of a period that begins soon enough
set NOW := {g in WIP: ready[g] < e[T]};
set LATER := {g in WIP, t in P: b[t] <= wip_wait_days and e[t] > ready[g]};
param lb{(g,t) in LATER} := max(b[t], ready[g]);
# outputs come, and components are taken, when the part of the cycle time up to theirs is over
param lag_out{(g,i) in WIP_OUT} := max(0, wip_at[g,i] - place[g]) * wip_L[g];
param comes_now{(g,i) in WIP_OUT, u in P: g in NOW} := if b[u] <= ready[g] + lag_out[g,i] and ready[g] + lag_out[g,i] < e[u] then 1 else 0;
param comes{(g,i) in WIP_OUT, t in P, u in P: (g,t) in LATER} :=
    max(0, min(e[t] + lag_out[g,i], e[u]) - max(lb[g,t] + lag_out[g,i], b[u])) / (e[t] - lb[g,t]);
param lag_take{(g,j) in WIP_BILL} := max(0, bl_at[j] - place[g]) * wip_L[g];
param bites_now{(g,j) in WIP_BILL, u in P: g in NOW} := if b[u] <= ready[g] + lag_take[g,j] and ready[g] + lag_take[g,j] < e[u] then 1 else 0;
param bites{(g,j) in WIP_BILL, t in P, u in P: (g,t) in LATER} :=
    max(0, min(e[t] + lag_take[g,j], e[u]) - max(lb[g,t] + lag_take[g,j], b[u])) / (e[t] - lb[g,t]);
# steps ahead: a stretch that ends behind f, a point at f or behind it
set AHEAD := {g in WIP, (r,k) in STEP: wip_source[g] in MADE and (if wip_source[g] in MADE then route[wip_source[g]] else '') = r
    and (f2[r,k] > f1[r,k] and f2[r,k] > place[g] or f2[r,k] <= f1[r,k] and f1[r,k] >= place[g] - 1e-9)};
# passes of a wafer (no scrap taken out): loops of steps that are done are over
param still{(g,r,k) in AHEAD} := rework[r,k] / (1 - rework[r,k])
    * (visits[r,k] * sample[r,k] + sum{(g,r,l) in AHEAD: l > k and back[r,l] <= k} (if f2[r,l] > f1[r,l] then 1 else 1 - wip_done[g,l]) * still[g,r,l]);
# hours of a wafer in them, and the days behind the moment of going on between which they fall
set REST := setof{(g,r,k) in AHEAD, (r,k,j) in WORK} (g,r,k,j);
param left{(g,r,k,j) in REST} := ((if j = k then visits[r,k] * sample[r,k] else 0) + still[g,r,k]) * occupancy[r,j] / 60
    * (if f2[r,k] > f1[r,k] then (f2[r,k] - max(f1[r,k], place[g])) / (f2[r,k] - f1[r,k]) else 1 - wip_done[g,k]);
param wa{(g,r,k) in AHEAD} := max(0, f1[r,k] - place[g]) * wip_L[g];
param wz{(g,r,k) in AHEAD} := max(0, f2[r,k] - place[g]) * wip_L[g];
param falls_now{(g,r,k) in AHEAD, u in P: g in NOW} :=
    if wz[g,r,k] > wa[g,r,k] then
        max(0, min(ready[g] + wz[g,r,k], e[u]) - max(ready[g] + wa[g,r,k], b[u])) / (wz[g,r,k] - wa[g,r,k])
    else if b[u] <= ready[g] + wa[g,r,k] and ready[g] + wa[g,r,k] < e[u] then 1 else 0;
param falls{(g,r,k) in AHEAD, t in P, u in P: (g,t) in LATER} :=
    if lb[g,t] + wa[g,r,k] >= e[u] or e[t] + wz[g,r,k] <= b[u] then 0
    else if wz[g,r,k] <= wa[g,r,k] then
        max(0, min(e[t] + wa[g,r,k], e[u]) - max(lb[g,t] + wa[g,r,k], b[u])) / (e[t] - lb[g,t])
    else
        ( max(0, e[u] - lb[g,t] - wa[g,r,k])^2 / 2 - max(0, b[u] - lb[g,t] - wa[g,r,k])^2 / 2
        - max(0, e[u] - e[t] - wa[g,r,k])^2 / 2 + max(0, b[u] - e[t] - wa[g,r,k])^2 / 2
        - max(0, e[u] - lb[g,t] - wz[g,r,k])^2 / 2 + max(0, b[u] - lb[g,t] - wz[g,r,k])^2 / 2
        + max(0, e[u] - e[t] - wz[g,r,k])^2 / 2 - max(0, b[u] - e[t] - wz[g,r,k])^2 / 2 )
        / ((e[t] - lb[g,t]) * (wz[g,r,k] - wa[g,r,k]));
set WIP_STEP := setof{(g,r,k,j) in REST} (r,k,j);

# sh(s,i,t): share of the good units of the starts of t that come out as item i, when a part of the lead time is over
set BINNED := setof{(s,i) in OUTPUT} s;
set GIVES := setof{s in SOURCE, i in ITEM: (s in BINNED and (s,i) in OUTPUT) or (s not in BINNED and item[s] = i)} (s,i);
param sh{(s,i) in GIVES, t in P} := if s in BINNED then share[s,i,t] else 1;
param lag{(s,i) in GIVES, t in P} := (if s in BINNED then out_at[s,i,t] else 1) * L[s,t];
param wi{(s,i) in GIVES, t in P, u in t..T} := max(0, min(e[t] + lag[s,i,t], e[u]) - max(b[t] + lag[s,i,t], b[u])) / d[t];
set MAKES{i in ITEM} := setof{(s,i) in GIVES} s;
# items before binning: they have outputs below them and are not among these; never stocked
set BELOW{i in ITEM} := setof{(s,o) in OUTPUT: item[s] = i} o;
set UNSTOCKED := {i in ITEM: card(BELOW[i]) > 0 and i not in BELOW[i]};

# bills: rows for a source take the place of all rows without one; bt: share of the starts of t that has taken row j in u
set OWN_BILL := setof{j in BL_S} bl_source[j];
set ROWS := setof{s in SOURCE, j in BILL: consumes_bom[s] = 1 and bl_item[j] = item[s]
    and ((s in OWN_BILL and (if j in BL_S then bl_source[j] else '') = s) or (s not in OWN_BILL and j not in BL_S))} (s,j);
param bt{(s,j) in ROWS, t in P, u in t..T} := if b[t] < bl_from[j] or b[t] >= bl_to[j] then 0
    else max(0, min(e[t] + bl_at[j] * L[s,t], e[u]) - max(b[t] + bl_at[j] * L[s,t], b[u])) / d[t];
set EATS{i in ITEM} := setof{(s,j) in ROWS: bl_comp[j] = i} (s,j);
set WIP_EATS{i in ITEM} := setof{(g,j) in WIP_BILL: bl_comp[j] = i and wip_taken[g,j] < 1} (g,j);
# open orders; an overdue one arrives on the first day
param receipt{i in ITEM, t in P} :=
    sum{j in RECEIPT: receipt_item[j] = i and b[t] <= max(0, receipt_day[j]) and max(0, receipt_day[j]) < e[t]} receipt_qty[j];

# due period; an overdue order is due at b[1] for its penalties, and late from its own day on
param overdue{j in DEMAND} := max(0, -dem_day[j]);
param due{j in DEMAND} := if overdue[j] > 0 then 1 else max{t in P: b[t] <= dem_day[j]} t;
param late_from{j in DEMAND} := if overdue[j] > 0 then dem_day[j] else b[due[j]];
set YT := {j in DEMAND, t in P: t >= due[j] and b[t] - late_from[j] <= max_late[j]};
# what a unit shipped late has cost, week by week as they pass, each at the discount of the period at whose start it has passed
param lateness{(j,t) in YT} := overdue[j] / 7 * df[1] + sum{u in P: due[j] < u and u <= t} (b[u] - b[u-1]) / 7 * df[u];
set WANTS{i in ITEM} := {j in DEMAND: dem_item[j] = i};
set PROMISED := {j in DEMAND: min_fill[j] * quantity[j] > 0};

# cumulated promises: the orders that count, and the penalty of one unit missing
set CY{r in CUM} := {j in ORDERS: dem_customer[j] = cu_customer[r] and dem_item[j] = cu_item[r]};
set CL := {r in CUM_MIN: cu_day[r] >= 0 and cu_day[r] < e[T] and cu_min[r] > cu_before[r]};
param cu_due{r in CL} := max{t in P: b[t] <= cu_day[r]} t;
param cu_price{r in CL} := if r in CUM_USD then cu_usd[r] else commitment_factor * (if card(CY[r]) > 0 then max{j in CY[r]} price[j] else 0);

set LM := {r in SLIM, t in P: sl_min[r] > 0 and sl_from[r] <= b[t] and b[t] < sl_to[r]};

/* ---------------------------------------------------------------- variables, all >= 0 */
var x{s in SOURCE, t in P} >= 0,                  # starts; 0 outside [available_from, available_to)   (SRC)
    <= if b[t] < available_from[s] or b[t] >= available_to[s] then 0 else Infinity;
var I{i in ITEM, t in P} >= 0, <= if i in UNSTOCKED then 0 else room[i,t];
var m{j in SUBST, t in P} >= 0, <= if sub_from[j] <= b[t] and b[t] < sub_to[j] then Infinity else 0;
var waste{ITEM, P} >= 0;                          # z of the design
var y{YT} >= 0;
var short{DEMAND} >= 0;
var lack{PROMISED} >= 0;
var lackmin{LM} >= 0;
var off{j in ALT, t in P} >= 0, <= if alt_begin[j] <= b[t] and b[t] < alt_end[j] then Infinity else 0;
var under{TH} >= 0;                               # stock missing from a target
var behind{CL} >= 0;                              # shipments missing from a cumulated promise
var n{NT} >= 0;
var r{REMOVABLE, 1..Th} >= 0;
var N{GROUP, P} >= 0;                             # tools present: >= 0 is the design's rule for removals
var go{NOW} >= 0;                                 # wafers in process that go on at once,
var go_in{LATER} >= 0;                            # ... over a period,
var wait{WIP} >= 0;                               # ... not inside the horizon
var H{WIP_STEP, P};                               # hours that they load a step with
var MW{POWERED, P};                               # average power of a site, base load included

/* ---------------------------------------------------------------- objective */
maximize profit:
    # shipments at their price in the period of the shipment, less lateness, charged as it passes
      sum{(j,t) in YT} (df[t] * price[j] - late_usd[j] * lateness[j,t]) * y[j,t]
    # never shipped, and broken promises, in the due period
    - sum{j in DEMAND} df[due[j]] * shortage_usd[j] * short[j]
    - sum{j in PROMISED} df[due[j]] * commitment_factor * price[j] * lack[j]
    # starts, missing minimum starts (empty: 10 x the start's cost), substitution
    - sum{s in SOURCE, t in P} df[t] * c[s,t] * x[s,t]
    - sum{(j,t) in LM} df[t] * (if j in SLIM_FALL then sl_fall[j] else 10 * c[sl_source[j],t]) * lackmin[j,t]
    - sum{j in SUBST, t in P} df[t] * sub_usd[j] * m[j,t]
    # holding
    - sum{i in ITEM, t in P} df[t] * hold[i,t] * unit_value[i] * d[t] / year * I[i,t]
    # what is thrown away, and hours moved to alternates
    - sum{i in ITEM, t in P} df[t] * discard[i] * waste[i,t]
    - sum{j in ALT, t in P} df[t] * alt_usd[j] * off[j,t]
    # targets of stock, cumulated promises
    - sum{(q,t) in TH} df[t] * tg_usd[q] * d[t] / 7 * under[q,t]
    - sum{q in CL} df[cu_due[q]] * cu_price[q] * behind[q]
    # energy: MWh of the power rows' left side, base load included
    - sum{i in POWERED, t in P} df[t] * usd_per_mwh[i,t] * 24 * d[t] * MW[i,t]
    # tools: removal, and purchase pro rata of the life that lies in the horizon
    - sum{g in REMOVABLE, t in 1..Th} df[t] * removal_usd[g] * r[g,t]
    - sum{(g,t) in NT} df[t] * price_usd[g] * min(1, (e[T] - b[t] - lead[g]) / life[g]) * n[g,t]
    # end stock and unfinished wafers
    + df_end * end_value_frac * ( sum{i in ITEM} unit_value[i] * I[i,T]
        + sum{(s,i) in GIVES, t in P} (1 - sum{u in t..T} wi[s,i,t,u]) * U[s] * Y[s,t] * sh[s,i,t] * unit_value[i] * x[s,t]
        - sum{(s,j) in ROWS, t in P: bl_from[j] <= b[t] and b[t] < bl_to[j]} (1 - sum{u in t..T} bt[s,j,t,u]) * bl_qty[j] * U[s] * unit_value[bl_comp[j]] * x[s,t]
        + sum{(g,i) in WIP_OUT} wip_good[g] * wip_share[g,i] * (1 - wip_gone[g,i]) * unit_value[i]
            * ( wait[g] + sum{o in NOW: o = g} (1 - sum{u in P} comes_now[g,i,u]) * go[g]
                + sum{(g,t) in LATER} (1 - sum{u in P} comes[g,i,t,u]) * go_in[g,t] )
        - sum{(g,j) in WIP_BILL} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * unit_value[bl_comp[j]]
            * ( wait[g] + sum{o in NOW: o = g} (1 - sum{u in P} bites_now[g,j,u]) * go[g]
                + sum{(g,t) in LATER} (1 - sum{u in P} bites[g,j,t,u]) * go_in[g,t] ) );

/* ---------------------------------------------------------------- equations */
# I[i,t-1] + arrivals + receipts + substitutes in = I[i,t] + components + substitutes out + shipments + thrown away
s.t. BAL{i in ITEM, t in P}:
      (if t = 1 then on_hand[i] else I[i,t-1])
    + sum{s in MAKES[i], tt in 1..t: wi[s,i,tt,t] > tiny} U[s] * Y[s,tt] * sh[s,i,tt] * wi[s,i,tt,t] * x[s,tt]
    + sum{(g,i) in WIP_OUT: g in NOW and wip_gone[g,i] < 1 and (if g in NOW then comes_now[g,i,t] else 0) > 0} wip_good[g] * wip_share[g,i] * (1 - wip_gone[g,i]) * comes_now[g,i,t] * go[g]
    + sum{(g,i) in WIP_OUT, tt in P: (g,tt) in LATER and wip_gone[g,i] < 1 and (if (g,tt) in LATER then comes[g,i,tt,t] else 0) > tiny} wip_good[g] * wip_share[g,i] * (1 - wip_gone[g,i]) * comes[g,i,tt,t] * go_in[g,tt]
    + receipt[i,t]
    + sum{j in SUBST: sub_instead[j] = i} m[j,t]
    = I[i,t]
    + sum{(s,j) in EATS[i], tt in 1..t: bt[s,j,tt,t] > tiny} bl_qty[j] * U[s] * bt[s,j,tt,t] * x[s,tt]
    + sum{(g,j) in WIP_EATS[i]: g in NOW and (if g in NOW then bites_now[g,j,t] else 0) > 0} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites_now[g,j,t] * go[g]
    + sum{(g,j) in WIP_EATS[i], tt in P: (g,tt) in LATER and (if (g,tt) in LATER then bites[g,j,tt,t] else 0) > tiny} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites[g,j,tt,t] * go_in[g,tt]
    + sum{j in SUBST: sub_item[j] = i} sub_rate[j] * m[j,t]
    + sum{j in WANTS[i]: (j,t) in YT} y[j,t]
    + waste[i,t];

# stock covers the target, and orders and use of the days behind the period
s.t. TGT{(q,t) in TH}: I[tg_item[q],t] + under[q,t] >= tg_qty[q]
    + sum{u in P: cov[q,t,u] > 0} cov[q,t,u] * (sum{j in DEMAND: dem_item[j] = tg_item[q] and due[j] = u} quantity[j] + sum{(s,j) in EATS[tg_item[q]], tt in 1..u: bt[s,j,tt,u] > tiny} bl_qty[j] * U[s] * bt[s,j,tt,u] * x[s,tt]
    + sum{(g,j) in WIP_EATS[tg_item[q]]: g in NOW and (if g in NOW then bites_now[g,j,u] else 0) > 0} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites_now[g,j,u] * go[g]
    + sum{(g,j) in WIP_EATS[tg_item[q]], tt in P: (g,tt) in LATER and (if (g,tt) in LATER then bites[g,j,tt,u] else 0) > tiny} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites[g,j,tt,u] * go_in[g,tt]);

# shipments up to a day
s.t. CUM_min{q in CL}: cu_before[q] + sum{j in CY[q], t in P: (j,t) in YT and b[t] <= cu_day[q]} y[j,t] + behind[q] >= cu_min[q];
s.t. CUM_max{q in CUM_MAX: cu_day[q] >= 0}: cu_before[q] + sum{j in CY[q], t in P: (j,t) in YT and b[t] <= cu_day[q]} y[j,t] <= cu_max[q];

# substitutes of one consumer serve no more than it uses
s.t. SUB_item{(k,i) in SUBR, t in P: k in ITEM}: sum{j in SUB_C: sub_consumer[j] = k and sub_instead[j] = i} m[j,t] <=
    sum{(s,j) in EATS[i], tt in 1..t: item[s] = k and bt[s,j,tt,t] > tiny} bl_qty[j] * U[s] * bt[s,j,tt,t] * x[s,tt]
    + sum{(g,j) in WIP_EATS[i]: item[wip_source[g]] = k and g in NOW and (if g in NOW then bites_now[g,j,t] else 0) > 0} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites_now[g,j,t] * go[g]
    + sum{(g,j) in WIP_EATS[i], tt in P: item[wip_source[g]] = k and (g,tt) in LATER and (if (g,tt) in LATER then bites[g,j,tt,t] else 0) > tiny} bl_qty[j] * U[wip_source[g]] * (1 - wip_taken[g,j]) * bites[g,j,tt,t] * go_in[g,tt];
s.t. SUB_customer{(k,i) in SUBR, t in P: k not in ITEM}: sum{j in SUB_C: sub_consumer[j] = k and sub_instead[j] = i} m[j,t] <=
    sum{j in DEMAND: dem_customer[j] = k and dem_item[j] = i and (j,t) in YT} y[j,t];

# parts of what is started of an item, by the sources that may start
set MAY{i in ITEM, t in P} := {s in SOURCE: item[s] = i and b[t] >= available_from[s] and b[t] < available_to[s]};
s.t. MIX_min{q in MIX_MIN, t in P: mx_from[q] <= b[t] and b[t] < mx_to[q] and mx_source[q] in MAY[mx_item[q],t]}:
    U[mx_source[q]] * Y[mx_source[q],t] * x[mx_source[q],t] >= mx_min[q] * sum{s in MAY[mx_item[q],t]} U[s] * Y[s,t] * x[s,t];
s.t. MIX_max{q in MIX_MAX, t in P: mx_from[q] <= b[t] and b[t] < mx_to[q] and mx_source[q] in MAY[mx_item[q],t]}:
    U[mx_source[q]] * Y[mx_source[q],t] * x[mx_source[q],t] <= mx_max[q] * sum{s in MAY[mx_item[q],t]} U[s] * Y[s,t] * x[s,t];

# N(g,u) = tools(g,u) + orders arrived - removals
s.t. TLS{g in GROUP, u in P}:
    N[g,u] = tools[g,u] + sum{t in 1..u: (g,t) in NT and b[t] + lead[g] <= b[u]} n[g,t]
        - sum{t in 1..min(u,Th): g in REMOVABLE} r[g,t];

# all wafers in process go on, or wait
s.t. WIP_all{g in WIP}: sum{o in NOW: o = g} go[o] + sum{(g,t) in LATER} go_in[g,t] + wait[g] = wafers[g];

# hours of WIP on a step
s.t. WHR{(k1,k2,k3) in WIP_STEP, u in P}:
    H[k1,k2,k3,u] = sum{(g,k1,k2,k3) in REST: g in NOW} left[g,k1,k2,k3] * falls_now[g,k1,k2,u] * go[g]
    + sum{(g,k1,k2,k3) in REST, t in P: (g,t) in LATER and falls[g,k1,k2,t,u] > tiny} left[g,k1,k2,k3] * falls[g,k1,k2,t,u] * go_in[g,t];

# hours of the group's own steps - hours handed over + hours taken over x ratio <= 24 d A E N
s.t. CAP{g in GROUP, u in P: card(OPS[g]) + card(OUT_OF[g]) + card(INTO[g]) > 0}:
      sum{(k1,k2,k3) in OPS[g], t in 1..u, s in ON_ROUTE[k1]: v[k1,k2,t,u] > tiny} h[k1,k2,k3] * v[k1,k2,t,u] * x[s,t]
    + sum{(k1,k2,k3) in WIP_STEP: step_group[k1,k3] = g} H[k1,k2,k3,u]
    - sum{j in OUT_OF[g]} off[j,u] + sum{j in INTO[g]} ratio[j] * off[j,u]
    <= 24 * d[u] * availability[g] * max_utilisation[g] * N[g,u];

# Offloading. The qualifications (all of g, a route, a step of a route) are nested, so bounding the offloading inside
# each named set by the set's own hours is exact; off[a,u] <= hours qualified for a is contained in these rows.
s.t. OFF_all{g in GROUP, u in P: card(OUT_OF[g]) > 0}:
    sum{j in OUT_OF[g]} off[j,u]
    <= sum{(k1,k2,k3) in OPS[g], t in 1..u, s in ON_ROUTE[k1]: v[k1,k2,t,u] > tiny} h[k1,k2,k3] * v[k1,k2,t,u] * x[s,t]
    + sum{(k1,k2,k3) in WIP_STEP: step_group[k1,k3] = g} H[k1,k2,k3,u];
s.t. OFF_route{(g,k1) in NAMED_R, u in P}:
    sum{j in ALT_R: alt_from[j] = g and alt_route[j] = k1} off[j,u]
    <= sum{(k1,k2,k3) in OPS[g], t in 1..u, s in ON_ROUTE[k1]: v[k1,k2,t,u] > tiny} h[k1,k2,k3] * v[k1,k2,t,u] * x[s,t]
    + sum{(k1,k2,k3) in WIP_STEP: step_group[k1,k3] = g} H[k1,k2,k3,u];
s.t. OFF_step{(g,k1,no) in NAMED_S, u in P}:
    sum{j in ALT_S: alt_from[j] = g and alt_route[j] = k1 and alt_step[j] = no} off[j,u]
    <= sum{(k1,k2,k3) in OPS[g], t in 1..u, s in ON_ROUTE[k1]: step_no[k1,k3] = no and v[k1,k2,t,u] > tiny}
        h[k1,k2,k3] * v[k1,k2,t,u] * x[s,t]
    + sum{(k1,k2,k3) in WIP_STEP: step_group[k1,k3] = g and step_no[k1,k3] = no} H[k1,k2,k3,u];

# shipped + never shipped = quantity
s.t. DEM{j in DEMAND}: sum{t in due[j]..T: (j,t) in YT} y[j,t] + short[j] = quantity[j];

# shipped + lack >= promised part
s.t. MIN{j in PROMISED}: sum{t in due[j]..T: (j,t) in YT} y[j,t] + lack[j] >= min_fill[j] * quantity[j];

# shipments of an item to a customer <= max_per_week x d/7
s.t. SHP{j in SHIP, t in P: sh_from[j] <= b[t] and b[t] < sh_to[j]}:
    sum{i in DEMAND: dem_customer[i] = sh_customer[j] and dem_item[i] = sh_item[j] and (i,t) in YT} y[i,t]
    <= sh_max[j] * d[t] / 7;

# minimum (elastic) and maximum starts of a source
s.t. SRC_min{(j,t) in LM}: x[sl_source[j],t] + lackmin[j,t] >= sl_min[j] * d[t] / 7;
s.t. SRC_max{j in SLIM_MAX, t in P: sl_from[j] <= b[t] and b[t] < sl_to[j]}: x[sl_source[j],t] <= sl_max[j] * d[t] / 7;

# weekly rate of a line, R_t = 7 sum x / d_t, its growth and its fall from one period's middle to the next
s.t. LIN_max{j in LLIM_MAX, t in P: ll_from[j] <= b[t] and b[t] < ll_to[j]}:
    sum{s in ON_LINE[ll_line[j]]} 7 / d[t] * x[s,t] <= ll_max[j];
s.t. LIN_ramp{j in LLIM_RAMP, t in P: t > 1 and ll_from[j] <= b[t] and b[t] < ll_to[j]}:
    sum{s in ON_LINE[ll_line[j]]} 7 / d[t] * x[s,t] - sum{s in ON_LINE[ll_line[j]]} 7 / d[t-1] * x[s,t-1]
    <= ll_ramp[j] * (mid[t] - mid[t-1]) / 7;
s.t. LIN_drop{j in LLIM_DROP, t in P: t > 1 and ll_from[j] <= b[t] and b[t] < ll_to[j]}:
    sum{s in ON_LINE[ll_line[j]]} 7 / d[t] * x[s,t]
    >= sum{s in ON_LINE[ll_line[j]]} 7 / d[t-1] * x[s,t-1] - ll_drop[j] * (mid[t] - mid[t-1]) / 7;

# average power of a site: base load + factor x hours after offloading x kW / 1000 / hours of the period
s.t. MWD{i in POWERED, u in P}:
    MW[i,u] = sum{l in LINE: line_site[l] = i} base_load_mw[l]
    + sum{l in LINE, g in GROUPS_OF[l]: line_site[l] = i and power_kw[g] > 0}
        power_factor[l] * power_kw[g] / 1000 / (24 * d[u]) * (
            sum{(k1,k2,k3) in OPS[g], t in 1..u, s in ON_ROUTE[k1]: v[k1,k2,t,u] > tiny} h[k1,k2,k3] * v[k1,k2,t,u] * x[s,t]
            + sum{(k1,k2,k3) in WIP_STEP: step_group[k1,k3] = g} H[k1,k2,k3,u]
            - sum{j in OUT_OF[g]} off[j,u] + sum{j in INTO[g]} ratio[j] * off[j,u] );
# ... is at most the site's limit and what its own power blocks add
s.t. PWR{i in POWERED, u in P}:
    MW[i,u] <= mw_limit[i,u] + sum{l in LINE, g in GROUPS_OF[l]: line_site[l] = i and supply_mw[g] <> 0} supply_mw[g] * N[g,u];

# deliveries: tools that arrive on a day inside the window
s.t. DLV{j in DELIVERY}:
    sum{(g,t) in NT: g = dl_group[j] and dl_from[j] <= b[t] + lead[g] and b[t] + lead[g] < dl_to[j]} n[g,t] <= dl_max[j];

# floor space; a shell is a group with a negative floor
s.t. FLR{l in FLOORED, u in P}: sum{g in GROUPS_OF[l]: floor_m2[g] <> 0} floor_m2[g] * N[g,u] <= line_floor[l];

# cumulative orders <= cumulative budget
s.t. BUD{t in P: card(CAPEX) > 0}:
    sum{(g,tt) in NT: tt <= t} price_usd[g] * n[g,tt] <= sum{j in CAPEX: cx_day[j] <= b[t]} cx_usd[j];

end;
