-- The lot of a wafer that the database has.
-- parameters: :wafer
-- columns: lot
SELECT lot FROM wafer WHERE wafer = :wafer;
