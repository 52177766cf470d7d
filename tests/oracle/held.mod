/* What keeps a plan to an old one (planning-model.md FRZ, command-line.md --freeze, --stability): stands before the objective of fabplan.mod, which it adds change_usd to. What the old plan had at 0 has no value. */
param freeze;
param stability;
param held_x{SOURCE, P} default 0;
param held_n{GROUP, P} default 0;
param held_r{GROUP, P} default 0;
param held_go{WIP} default 0;
param held_go_in{WIP, P} default 0;
# a start's cost and its components at their value, at least 1 USD
param direct{s in SOURCE, t in P} := max(1, c[s,t] + sum{(k,j) in ROWS: k = s and bl_from[j] <= b[t] and b[t] < bl_to[j]} bl_qty[j] * U[s] * unit_value[bl_comp[j]]);
set HELD_GO := setof{(g,t) in LATER: t <= Th} (g,t);
var x_change{SOURCE, 1..Th} >= 0;
var n_change{NT} >= 0;
var r_change{REMOVABLE, 1..Th} >= 0;
var go_change{NOW} >= 0;
var go_in_change{HELD_GO} >= 0;
s.t. FRZ_x_up{s in SOURCE, t in 1..Th}: x_change[s,t] >= x[s,t] - held_x[s,t];
s.t. FRZ_x_down{s in SOURCE, t in 1..Th}: x_change[s,t] >= held_x[s,t] - x[s,t];
s.t. FRZ_n_up{(g,t) in NT}: n_change[g,t] >= n[g,t] - held_n[g,t];
s.t. FRZ_n_down{(g,t) in NT}: n_change[g,t] >= held_n[g,t] - n[g,t];
s.t. FRZ_r_up{g in REMOVABLE, t in 1..Th}: r_change[g,t] >= r[g,t] - held_r[g,t];
s.t. FRZ_r_down{g in REMOVABLE, t in 1..Th}: r_change[g,t] >= held_r[g,t] - r[g,t];
s.t. FRZ_go_up{g in NOW}: go_change[g] >= go[g] - held_go[g];
s.t. FRZ_go_down{g in NOW}: go_change[g] >= held_go[g] - go[g];
s.t. FRZ_in_up{(g,t) in HELD_GO}: go_in_change[g,t] >= go_in[g,t] - held_go_in[g,t];
s.t. FRZ_in_down{(g,t) in HELD_GO}: go_in_change[g,t] >= held_go_in[g,t] - go_in[g,t];
var change_usd;
s.t. CHANGE: change_usd =
      sum{s in SOURCE, t in 1..Th} df[t] * (if b[t] < freeze then 10 * direct[s,t] else stability * c[s,t]) * x_change[s,t]
    + sum{(g,t) in NT} df[t] * (if b[t] < freeze then 10 else stability) * price_usd[g] * n_change[g,t]
    + sum{g in REMOVABLE, t in 1..Th} df[t] * (if b[t] < freeze then 10 else stability) * price_usd[g] * r_change[g,t]
    + sum{g in NOW: ready[g] < freeze} df[1] * 10 * direct[wip_source[g],1] * go_change[g]
    + sum{(g,t) in HELD_GO: b[t] < freeze} df[t] * 10 * direct[wip_source[g],t] * go_in_change[g,t];

