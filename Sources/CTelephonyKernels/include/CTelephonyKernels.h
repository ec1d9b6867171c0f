// The inner loops of the sample rate converter and of the MP3 decoder, with run-time dispatch to AVX2 and FMA on x86-64.
//
// They are C because Swift has no per-function target attributes, and unsafe build flags would keep the package from
// being depended on. From 44.1 kHz an output sample takes 7.9 ns with AVX2 (Zen, 2 filters); in Swift at baseline x86-64
// (SSE2) the same loop takes 2.5 times as long, the best found (vectors of four floats in place of eight) 1.7 times.

#ifndef CTELEPHONYKERNELS_H
#define CTELEPHONYKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Swift's compiler knows it, GCC does not.
#ifndef __clang__
#define _Nonnull
#endif

/// Whether the calling thread runs, from now on, what processors without AVX2 and FMA do: for tests, which so cover both.
void tk_use_baseline(bool is_baseline);

/// Number of floats that a coefficient row is a multiple of.
#define TK_ROW_MULTIPLE 8

/// Output samples per phase in a block of tk_polyphase_run.
#define TK_LANES 8

/// A polyphase filter that runs at the rational rate `phases / step`.
typedef struct {
    /// Rows of `taps` coefficients, one row per phase.
    const float *_Nonnull coefficients;
    /// Coefficients per row: a multiple of TK_ROW_MULTIPLE.
    size_t taps;
    /// L: rows in the table, output samples per `step` input samples.
    uint32_t phases;
    /// M: input samples per `phases` output samples.
    uint32_t step;
} tk_polyphase;

/// Writes `blocks` blocks of TK_LANES * phases output samples, of which the first is in phase 0 and lies under input[0].
///
/// Output n is the dot product of row n * step % phases and the `taps` samples from input[n * step / phases] on. Reads
/// blocks * TK_LANES * step + taps samples at most. The order of additions is that of tk_dot.
void tk_polyphase_run(const tk_polyphase *_Nonnull filter, const float *_Nonnull input, size_t blocks,
                      float *_Nonnull output);

/// The dot product of `count` floats, a multiple of TK_ROW_MULTIPLE.
float tk_dot(const float *_Nonnull a, const float *_Nonnull b, size_t count);

/// The mean of each of `count` pairs of 16-bit samples, full scale 1.0; the input needs no alignment beyond that of int16_t.
void tk_mean_of_two(const int16_t *_Nonnull input, size_t count, float *_Nonnull output);

/// `count` 16-bit samples as floats of full scale 1.0; the bytes need no alignment, and have the processor's order.
void tk_floats(const void *_Nonnull bytes, size_t count, float *_Nonnull output);

/// Puts 0 where a sample is infinite, not a number, or 1e30 and more, which no filter could bear.
///
/// Returns how many there were.
size_t tk_silence_unbearable(float *_Nonnull samples, size_t count);

/// What tk_quantize had to change besides rounding.
typedef struct {
    /// Samples that lay outside the range and were clamped.
    size_t clamped;
    /// Samples that were not a number and became 0.
    size_t not_numbers;
} tk_quantized;

/// Rounds `count` samples of full scale 1.0 to the nearest 16-bit value, ties to even, and clamps to -32768...32767.
///
/// What is not a number becomes 0.
tk_quantized tk_quantize(const float *_Nonnull input, size_t count, int16_t *_Nonnull output);

/// The sum of the magnitudes of `count` samples, 131,071 at most; that of -32768 is 32768.
uint32_t tk_sum_magnitudes(const int16_t *_Nonnull samples, size_t count);

/// Writes the mean magnitude, rounded down, of each of `frames` frames of `size` samples (1...8000), 0...32768.
void tk_levels(const int16_t *_Nonnull samples, size_t size, size_t frames, uint16_t *_Nonnull levels);

/// Samples of a window in which tones are looked for, and rows of its table: half of them, and what makes that whole vectors.
#define TK_TONE_WINDOW 200
#define TK_TONE_ROWS 104

/// A symmetric window's first half, and in that half the cosines and sines of eight frequencies, whose phases are counted
/// from the window's middle; the rows that are too many are 0.
typedef struct {
    float weights[TK_TONE_ROWS];
    float cosines[TK_TONE_ROWS][8], sines[TK_TONE_ROWS][8];
} tk_tone_table;

/// What a window holds of eight frequencies: its correlation with each, and the weighted sum of its squares.
typedef struct {
    float real[8], imaginary[8], power;
} tk_tone_spectrum;

/// Correlates a window of TK_TONE_WINDOW samples with eight frequencies.
void tk_tones(const tk_tone_table *_Nonnull table, const int16_t *_Nonnull window, tk_tone_spectrum *_Nonnull spectrum);

/// Hops in a block of the adaptive classifier's noise floor: half a second.
#define TK_TALK_BLOCK 25

/// The adaptive classifier's network: what it is given, its units with tanh, and those of its gated recurrent layer (GRU).
#define TK_TALK_FEATURES 40
#define TK_TALK_INPUTS 32
#define TK_TALK_UNITS 64

/// Its weights. Matrices are [from][to]; gates are in the order reset, update, new.
typedef struct {
    float input[TK_TALK_FEATURES * TK_TALK_INPUTS], input_bias[TK_TALK_INPUTS];
    float gate_input[TK_TALK_INPUTS * 3 * TK_TALK_UNITS], gate_bias[3 * TK_TALK_UNITS];
    float gate_memory[TK_TALK_UNITS * 3 * TK_TALK_UNITS], fresh_bias[TK_TALK_UNITS];
    float output[2 * TK_TALK_UNITS], output_bias[2];
} tk_talk_weights;

/// What the adaptive classifier remembers of a stream; all zeros at its beginning.
typedef struct {
    uint32_t hop;
    float smooth[16], block[16], blocks[4 * 16];
    float memory[TK_TALK_UNITS];
} tk_talk_state;

/// Takes the next hop of 160 samples, the last of a window of 256; writes how probable talk is, 0...1, in the two halves of
/// the hop that lies ten hops back.
///
/// Processors with and without FMA differ in the last bits of a probability.
void tk_talk_hop(const tk_talk_weights *_Nonnull weights, tk_talk_state *_Nonnull state, const int16_t *_Nonnull window,
                 float *_Nonnull probabilities);

/// Time slots of a granule of MPEG Layer III, and lines of each of its subbands.
#define TK_MPEG_SLOTS 18

/// Subbands of MPEG audio.
#define TK_MPEG_BANDS 32

/// Time slots before the present one that the synthesis filterbank still hears.
#define TK_MPEG_OLD_SLOTS 15

/// The inverse MDCT of the `bands` lowest subbands, a multiple of 8, of a granule: the products of a matrix of 36 rows of
/// 18 coefficients with each subband's lines are added to `slots` (the first half) and `overlap`.
///
/// All three hold 18 rows of a value for each of 32 subbands.
void tk_mpeg_imdct(const float *_Nonnull lines, size_t bands, const float *_Nonnull matrix, float *_Nonnull slots,
                   float *_Nonnull overlap);

/// The synthesis filterbank of MPEG audio, of which all but the `bands` lowest subbands are silent, for 18 time slots.
///
/// `slots` holds 18 rows of a value for each of 32 subbands; `cosines` 64 coefficients for each of them in even, then in
/// odd slots; `window` 512 coefficients; `history` the 64 values of each of 15 old slots, oldest first, and room for those
/// of 18 more. Writes 32 samples per slot.
void tk_mpeg_synthesize(const float *_Nonnull slots, size_t bands, const float *_Nonnull cosines,
                        const float *_Nonnull window, float *_Nonnull history, float *_Nonnull output);

#endif
