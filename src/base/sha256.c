/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sha256.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

struct fab_sha256 {
    EVP_MD_CTX *digest;
};

fab_sha256 *fab_sha256_new(void)
{
    fab_sha256 *sha256 = calloc(1, sizeof *sha256);
    if (!sha256)
        return NULL;
    sha256->digest = EVP_MD_CTX_new();
    if (!sha256->digest || EVP_DigestInit_ex(sha256->digest, EVP_sha256(), NULL) != 1) {
        fab_sha256_free(sha256);
        return NULL;
    }
    return sha256;
}

void fab_sha256_free(fab_sha256 *sha256)
{
    if (!sha256)
        return;
    EVP_MD_CTX_free(sha256->digest);
    free(sha256);
}

bool fab_sha256_add(fab_sha256 *sha256, const void *bytes, size_t size)
{
    return EVP_DigestUpdate(sha256->digest, bytes, size) == 1;
}

bool fab_sha256_finish(fab_sha256 *sha256, char hex[FAB_SHA256_HEX_SIZE])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(sha256->digest, bytes, &size) != 1)
        return false;
    for (unsigned int i = 0; i < size && i < (FAB_SHA256_HEX_SIZE - 1) / 2; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    return true;
}
