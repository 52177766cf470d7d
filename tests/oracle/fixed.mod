/* What a plan has decided up to period k_fixed: added to fabplan.mod, so that the rest is the best that can follow (planning-model.md, "Start", --from-plan). What is 0 has no value. */
param k_fixed;
param fixed_x{SOURCE, P} default 0;
param fixed_n{GROUP, P} default 0;
param fixed_r{GROUP, P} default 0;
param fixed_y{DEMAND, P} default 0;
param fixed_m{SUBST, P} default 0;
param fixed_z{ITEM, P} default 0;
param fixed_go{WIP} default 0;
param fixed_go_in{WIP, P} default 0;
s.t. FIX_x{s in SOURCE, t in P: t <= k_fixed}: x[s,t] = fixed_x[s,t];
s.t. FIX_n{(g,t) in NT: t <= k_fixed}: n[g,t] = fixed_n[g,t];
s.t. FIX_r{g in REMOVABLE, t in 1..Th: t <= k_fixed}: r[g,t] = fixed_r[g,t];
s.t. FIX_y{(j,t) in YT: t <= k_fixed}: y[j,t] = fixed_y[j,t];
s.t. FIX_m{j in SUBST, t in P: t <= k_fixed}: m[j,t] = fixed_m[j,t];
s.t. FIX_z{i in ITEM, t in P: t <= k_fixed}: waste[i,t] = fixed_z[i,t];
s.t. FIX_go{g in NOW: ready[g] < e[k_fixed]}: go[g] = fixed_go[g];
s.t. FIX_go_in{(g,t) in LATER: t <= k_fixed}: go_in[g,t] = fixed_go_in[g,t];
