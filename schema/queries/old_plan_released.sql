-- The released plan.
-- parameters: :plan any
-- columns: plan
SELECT plan FROM plan_released WHERE :plan IS NOT NULL;
