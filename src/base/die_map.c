/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "die_map.h"

char fab_die_map_character(int bin)
{
    static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return bin >= 0 && bin < (int)sizeof characters - 1 ? characters[bin] : '?';
}
