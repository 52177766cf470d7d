/* Orders that drivers of demand make (data-dictionary.md "Demand from drivers").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DRIVER_ORDERS_H
#define FAB_DRIVER_ORDERS_H

#include "change_edit.h"

/* Adds to the table demand of a model under change the orders that its drivers make, as rows of the data set: for every use (driver_use) and period
 * units_per_driver (in the middle) x mean of the driver, both of the period lead_days later, x (1 + replacement_frac) x days / 365.25, due on the period's first day; both are linear
 * between their dates and the nearest outside; the terms are those in force on the first day. Those of one
 * customer and item are one order, CUSTOMER_ITEM:PERIOD. An order that the table has for customer, item and period wins, and one of 0 is not made. Findings
 * (counted in the edit): terms that differ, a driver without rows, an id that is too long or taken. O(uses x periods x their rows + orders log orders). */
fab_status fab_driver_orders(struct fab_edit *edit);

#endif
