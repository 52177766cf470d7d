/* The tables that a plan is stored as (schema/migrations/0002_plans.sql), but for `plan` itself and the reasons (explain). They are of the
 * horizon and of its orders, which may ship behind it; what a tail plans besides is in plan_tail_period, plan_column and plan_row alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TABLES_H
#define FAB_TABLES_H

#include "plan_table.h"

fab_table_maker fab_table_periods, fab_table_tail_periods, fab_table_starts, fab_table_lines, fab_table_stock, fab_table_substitutions;                       /* supply */
fab_table_maker fab_table_targets, fab_table_cumulated, fab_table_mixes; /* targets of stock, cumulated promises, splits between sources */
fab_table_maker fab_table_capacity, fab_table_downs, fab_table_offloads, fab_table_purchases, fab_table_deliveries, fab_table_budget, fab_table_power; /* tools */
fab_table_maker fab_table_loads, fab_table_works; /* what loads each tool group; the same by the periods of the start and of the work */
fab_table_maker fab_table_wip;                                                                                                        /* work in process */
fab_table_maker fab_table_demands, fab_table_shipments, fab_table_shipment_limits, fab_table_promises;                                /* demand */
fab_table_maker fab_table_stages, fab_table_customers, fab_table_kept; /* policy */
fab_table_maker fab_table_pegs;                                         /* what shipments are made of */
fab_table_maker fab_table_independence, fab_table_own, fab_table_figures; /* independence */
fab_table_maker fab_table_columns_of, fab_table_rows_of; /* certificate: what doctor proves again, every member by its family, key and period */
fab_table_maker fab_table_basis; /* where its solver stood */

#endif
