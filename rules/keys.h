/*
 * keys.h - the record that the rules between forms compare.
 */
#pragma once

#include "model/keys.h"
#include "rulebook/rulebook.h"

/**
 * zp_keys_fill: the keys of one form.
 * @form: recognised and normalised
 */
void zp_keys_fill(ZpFormKeys *keys, const ZpForm *form, const ZpProfile *profile);
