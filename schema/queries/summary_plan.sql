-- The facts of a plan for a terminal, one a row.
-- parameters: :plan the plan
-- columns: key, number, text, unit
SELECT key, number, text, unit
FROM (
    SELECT 1 AS place, 'plan' AS key, NULL AS number, p.plan || ' "' || p.name || '"' AS text, NULL AS unit FROM plan AS p WHERE p.plan = :plan
    UNION ALL SELECT 2, 'horizon', NULL, horizon_start || ' to ' || horizon_end, NULL FROM plan WHERE plan = :plan
    UNION ALL SELECT 3, 'policy', NULL, policy, NULL FROM plan WHERE plan = :plan
    UNION ALL SELECT 3.01, 'scenario', NULL, replace(options ->> '$.scenario', ',', ', '), NULL FROM plan WHERE plan = :plan AND iif(json_valid(options), options ->> '$.scenario', NULL) IS NOT NULL
    UNION ALL SELECT 3.02, 'goal', NULL, options ->> '$.goal', NULL FROM plan WHERE plan = :plan AND iif(json_valid(options), options ->> '$.goal', NULL) IS NOT NULL
    UNION ALL SELECT 3.03, 'least fills', NULL, replace(options ->> '$.fill', ',', ', '), NULL FROM plan WHERE plan = :plan AND iif(json_valid(options), options ->> '$.fill', NULL) IS NOT NULL
    UNION ALL SELECT 3.035, 'goes on from plan', options ->> '$.from_plan', NULL, 'on ' || (options ->> '$.start') || ': what it bought, made and owes is taken over' FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.goes_on', NULL) IS NOT NULL
    UNION ALL SELECT 3.04, 'old plan', options ->> '$.from_plan', NULL,
        printf('frozen for %.6g days, changes at %.6g of their price', options ->> '$.freeze', options ->> '$.stability') FROM plan WHERE plan = :plan AND iif(json_valid(options), options ->> '$.freeze', NULL) IS NOT NULL
        AND options ->> '$.surprise_from' IS NULL
    UNION ALL SELECT 3.045, 'surprise', NULL, 'from ' || (options ->> '$.surprise_from') || ': what is decided before is decided without it', NULL FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.surprise_from', NULL) IS NOT NULL
    UNION ALL SELECT 3.05, 'promises', NULL, 'hard: kept, and minimum starts too', NULL FROM plan WHERE plan = :plan AND iif(json_valid(options), options ->> '$.hard', 0)
    UNION ALL SELECT 3.1, 'yields', NULL, yields, NULL FROM plan WHERE plan = :plan AND yields <> 'plan'
    UNION ALL SELECT 3.2, 'measured', NULL, measured, NULL FROM plan WHERE plan = :plan AND measured IS NOT NULL
    UNION ALL SELECT 3.3, 'history', NULL, 'SIMULATED, not measured', NULL FROM plan WHERE plan = :plan AND simulated = 1
    UNION ALL SELECT 3.5, 'price of the policy', policy_price_usd, NULL, currency || ' of profit, discounted' FROM plan WHERE plan = :plan
        AND EXISTS (SELECT 1 FROM plan_customer WHERE plan = :plan AND profit_shipped_usd IS NOT NULL)
    UNION ALL SELECT 3.6, 'price of calm', calm_usd, NULL, currency || ' of the objective, discounted' FROM plan WHERE plan = :plan
        AND iif(json_valid(options), options ->> '$.calm', NULL) IS NOT NULL
    UNION ALL SELECT 3.7, 'tools', NULL, 'whole; values and multipliers are those with these tools fixed', NULL FROM plan WHERE plan = :plan AND whole_tools = 1
    UNION ALL SELECT 3.71, 'tools', NULL, 'the same for ' || (options ->> '$.robust.futures') || ' futures of ' || (options ->> '$.robust.sweep') || '; values and multipliers are those with these tools fixed', NULL FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.robust.futures', NULL) IS NOT NULL
    UNION ALL SELECT 3.72, 'mean over the futures', options ->> '$.robust.objective_usd', NULL, currency || ', discounted; proven within ' || printf('%.3g', options ->> '$.robust.gap') FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.robust.futures', NULL) IS NOT NULL
    UNION ALL SELECT 3.73, 'stochastic solution', (options ->> '$.robust.objective_usd') - (options ->> '$.robust.base_tools_usd'), NULL, currency || ' of it more than with the tools that are best for the inputs as they are' FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.robust.base_tools_usd', NULL) IS NOT NULL
    UNION ALL SELECT 3.74, 'value of knowing', (options ->> '$.robust.knowing_usd') - (options ->> '$.robust.objective_usd'), NULL, currency || ': the futures'' own best tools, on the mean' FROM plan
        WHERE plan = :plan AND iif(json_valid(options), options ->> '$.robust.knowing_usd', NULL) IS NOT NULL
    UNION ALL SELECT 4, 'status', NULL, status || ', ' || check_result || ' in exact arithmetic', NULL FROM plan WHERE plan = :plan
    UNION ALL SELECT 5, 'objective', objective_usd, NULL, currency || ', discounted' FROM plan WHERE plan = :plan
    UNION ALL SELECT 6, 'nothing is better than', bound_usd, NULL, currency || ', discounted' FROM plan WHERE plan = :plan
    UNION ALL SELECT 7, 'gap', gap, NULL, NULL FROM plan WHERE plan = :plan
    UNION ALL SELECT 8, 'profit before penalties', profit_usd, NULL, currency || ', discounted' FROM plan WHERE plan = :plan
    UNION ALL SELECT 8.5, 'behind the horizon', tail_usd, NULL, currency || ', discounted' FROM plan WHERE plan = :plan AND EXISTS (SELECT 1 FROM plan_tail_period WHERE plan = :plan)
    UNION ALL SELECT 9, 'penalties of the model', -(shortage_usd + late_usd + commitment_usd + shortfall_usd + policy_usd + change_usd) + 0.0, NULL, currency || ', discounted; nobody is paid them' FROM plan WHERE plan = :plan
    UNION ALL SELECT 9, 'revenue', total(revenue_usd), NULL, 'USD, not discounted' FROM plan_shipment WHERE plan = :plan
    UNION ALL SELECT 10, 'tools charged', -capex_usd + 0.0, NULL, currency || ', discounted: the share of their price that falls into the horizon' FROM plan WHERE plan = :plan
    UNION ALL SELECT 11, 'tools ordered', total(usd), NULL, 'USD of cash, not discounted' FROM plan_purchase WHERE plan = :plan AND event = 'order'
    UNION ALL SELECT 11.5, 'restlessness', restlessness, NULL, '(changes of weekly starts, by starts)' FROM plan WHERE plan = :plan AND restlessness IS NOT NULL
    UNION ALL SELECT 12, 'starting WIP that waits', total(waiting), NULL, 'of ' || printf('%.6g', total(wafers)) || ' wafers' FROM plan_wip WHERE plan = :plan
        HAVING total(waiting) > 0
    UNION ALL SELECT 13, 'starting WIP that is late', total(going), NULL, 'wafers, by ' || printf('%.3g', total(going * delay_days) / total(going)) || ' days on average'
        FROM plan_wip WHERE plan = :plan AND delay_days > 0 HAVING total(going) > 0
)
ORDER BY place;
