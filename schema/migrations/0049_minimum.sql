-- Less of a source's minimum is tested where its contract is asked about; no list of what to buy or change has it.

DROP VIEW plan_step;
DROP VIEW value_words;

CREATE VIEW value_words(what, words, lever) AS VALUES
    ('hour', 'hours of ', 1), ('tool', 'a tool of ', 1), ('usd', 'budget of ', 1), ('mw', 'power of ', 1), ('m2', 'floor of ', 1), ('rate', 'starts of line ', 1), ('ramp', 'ramp of line ', 1),
    ('drop', 'fall of line ', 1), ('starts', 'maximum of ', 1), ('shipments', 'what is taken by ', 1), ('delivery', 'a delivery of ', 1),
    ('target', 'stock target of ', 1), ('promise', 'cumulated promise ', 1), ('cumulated', 'cumulated maximum ', 1), ('split', 'split of ', 1), ('room', 'room for ', 1),
    ('minimum', 'minimum of ', 0), ('unit', 'more of order ', 0), ('yield', 'yield of ', 0), ('cycle_time', 'cycle time of ', 0), ('quote', 'a new order of ', 0);

CREATE VIEW plan_step AS SELECT v.*, coalesce(w.words, v.what || ' of ') || v.key AS label, coalesce(w.lever, 0) AS lever FROM plan_value AS v LEFT JOIN value_words AS w ON w.what = v.what;
