/* SPDX-License-Identifier: GPL-3.0-or-later */
#define OPENSSL_API_COMPAT 0x10101000L /* the plain functions: those behind EVP allocate, and crash when they cannot (OpenSSL 3.0) */
#include "sha256.h"

#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

struct fab_sha256 {
    SHA256_CTX digest;
};

fab_sha256 *fab_sha256_new(void)
{
    fab_sha256 *sha256 = calloc(1, sizeof *sha256);
    if (sha256 && SHA256_Init(&sha256->digest) != 1) {
        free(sha256);
        return NULL;
    }
    return sha256;
}

void fab_sha256_free(fab_sha256 *sha256)
{
    free(sha256);
}

bool fab_sha256_add(fab_sha256 *sha256, const void *bytes, size_t size)
{
    return SHA256_Update(&sha256->digest, bytes, size) == 1;
}

bool fab_sha256_finish(fab_sha256 *sha256, char hex[FAB_SHA256_HEX_SIZE])
{
    unsigned char bytes[SHA256_DIGEST_LENGTH];
    if (SHA256_Final(bytes, &sha256->digest) != 1)
        return false;
    for (int i = 0; i < SHA256_DIGEST_LENGTH; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    return true;
}
