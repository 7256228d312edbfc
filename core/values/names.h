#pragma once
// The choices a user makes, as enums, with the words used in flags, files and JSON. parse… throws Error(BadArgument)
// naming the option and what it accepts.
#include <array>
#include <string>
#include <string_view>

#include "core/values/error.h"

namespace gps {

// Neuron: the top K of every row. Layer: the top of every tensor. Net: the top of all tensors together (gps-method 1.7).
enum class Level { Neuron, Layer, Net };
// How a layer's budget is found at Layer level. Share: the same share of every tensor; Rows: as much as Neuron level would take of it.
enum class LayerBudget { Share, Rows };
// What is large in a chosen entry: |g|; |W|; a random number; |g| of another neuron of its tensor (the gradient's mask with its rows
// shuffled, gps-method 1.7); |W|·|g|; the sum of squared per-batch gradients; |W|·mean|x|.
enum class Criterion { Gradient, Magnitude, Random, Shuffled, WeightGradient, Fisher, Activation };
// What is made of several selections. Difference: of the first, chosen by no other; Shared: chosen by two or more; Specific: by one only.
enum class SetOperation { Union, Intersection, Difference, Shared, Specific };
enum class LossKind { Segmentation, Contrastive, CrossEntropy };
enum class Method { Gps, Full, Decoder, Linear, Bias };
enum class DecoderMode { Train, Freeze, Sparse };
enum class Rule { Sparse, Dense };
enum class ScheduleKind { Cosine, Paper, Constant };
enum class OptimizerKind { Adam, AdamW, Sgd };
// None: as in evaluation. Flip: mirrored left-right at random. Fgvc: a random crop, mirrored at random (gps-method 2.4). Vtab: none, and
// the picture squashed to the square where the preprocessing is Auto.
enum class AugmentKind { None, Flip, Fgvc, Vtab };
enum class DeviceKind { Auto, Cpu, Cuda };
// Of the products in the network; sums over batches, norms and losses are fp32 in every one of them. Fp16 trains with a scaled loss.
enum class Precision { Fp32, Tf32, Bf16, Fp16 };
// How the gradient of the selected entries is computed: per layer the faster way, on a GPU as it was measured, on the CPU by a fixed rule
// of costs; entry by entry; or of all columns in use by a matrix product.
enum class BackwardPath { Auto, Sampled, Union };
enum class FieldMemory { Device, Host };                // where a gradient pass sums up
enum class PromptMode { None, Full };                   // None: empty sparse prompt and no_mask_embed; Full: a box round the picture
enum class PreprocessKind { Auto, Squash, Pad, Crop };  // Auto: as the model was trained
enum class Interpolation { Bilinear, Bicubic };
enum class TaskKind { Segmentation, Classification };

template <typename E>
struct EnumWord {
  E value;
  std::string_view word;
};

// One table an enum; the order is the order shown to the user.
template <typename E>
struct EnumWords;

#define GPS_ENUM_WORDS(E, option_, ...)                                    \
  template <>                                                              \
  struct EnumWords<E> {                                                    \
    static constexpr std::string_view option = option_;                    \
    static constexpr auto table = std::to_array<EnumWord<E>>(__VA_ARGS__); \
  };
GPS_ENUM_WORDS(Level, "--level", {{Level::Neuron, "neuron"}, {Level::Layer, "layer"}, {Level::Net, "net"}})
GPS_ENUM_WORDS(LayerBudget, "--layer-budget", {{LayerBudget::Share, "share"}, {LayerBudget::Rows, "rows"}})
GPS_ENUM_WORDS(Criterion, "--criterion",
               {{Criterion::Gradient, "gradient"},
                {Criterion::Magnitude, "magnitude"},
                {Criterion::Random, "random"},
                {Criterion::Shuffled, "shuffled"},
                {Criterion::WeightGradient, "weight-gradient"},
                {Criterion::Fisher, "fisher"},
                {Criterion::Activation, "activation"}})
GPS_ENUM_WORDS(SetOperation, "OPERATION",
               {{SetOperation::Union, "union"},
                {SetOperation::Intersection, "intersection"},
                {SetOperation::Difference, "difference"},
                {SetOperation::Shared, "shared"},
                {SetOperation::Specific, "specific"}})
GPS_ENUM_WORDS(LossKind, "--loss", {{LossKind::Segmentation, "seg"}, {LossKind::Contrastive, "supcon"}, {LossKind::CrossEntropy, "ce"}})
GPS_ENUM_WORDS(
    Method, "--method",
    {{Method::Gps, "gps"}, {Method::Full, "full"}, {Method::Decoder, "decoder"}, {Method::Linear, "linear"}, {Method::Bias, "bias"}})
GPS_ENUM_WORDS(DecoderMode, "--decoder", {{DecoderMode::Train, "train"}, {DecoderMode::Freeze, "freeze"}, {DecoderMode::Sparse, "sparse"}})
GPS_ENUM_WORDS(Rule, "--rule", {{Rule::Sparse, "sparse"}, {Rule::Dense, "dense"}})
GPS_ENUM_WORDS(ScheduleKind, "--schedule",
               {{ScheduleKind::Cosine, "cosine"}, {ScheduleKind::Paper, "paper"}, {ScheduleKind::Constant, "constant"}})
GPS_ENUM_WORDS(OptimizerKind, "--optimizer", {{OptimizerKind::Adam, "adam"}, {OptimizerKind::AdamW, "adamw"}, {OptimizerKind::Sgd, "sgd"}})
GPS_ENUM_WORDS(AugmentKind, "--augment",
               {{AugmentKind::None, "none"}, {AugmentKind::Flip, "flip"}, {AugmentKind::Fgvc, "fgvc"}, {AugmentKind::Vtab, "vtab"}})
GPS_ENUM_WORDS(DeviceKind, "--device", {{DeviceKind::Auto, "auto"}, {DeviceKind::Cpu, "cpu"}, {DeviceKind::Cuda, "cuda"}})
GPS_ENUM_WORDS(Precision, "--precision",
               {{Precision::Fp32, "fp32"}, {Precision::Tf32, "tf32"}, {Precision::Bf16, "bf16"}, {Precision::Fp16, "fp16"}})
GPS_ENUM_WORDS(BackwardPath, "--backward",
               {{BackwardPath::Auto, "auto"}, {BackwardPath::Sampled, "sampled"}, {BackwardPath::Union, "union"}})
GPS_ENUM_WORDS(FieldMemory, "--field-memory", {{FieldMemory::Device, "device"}, {FieldMemory::Host, "host"}})
GPS_ENUM_WORDS(PromptMode, "--prompt", {{PromptMode::None, "none"}, {PromptMode::Full, "full"}})
GPS_ENUM_WORDS(
    PreprocessKind, "--preprocess",
    {{PreprocessKind::Auto, "auto"}, {PreprocessKind::Squash, "squash"}, {PreprocessKind::Pad, "pad"}, {PreprocessKind::Crop, "crop"}})
GPS_ENUM_WORDS(Interpolation, "interpolation", {{Interpolation::Bilinear, "bilinear"}, {Interpolation::Bicubic, "bicubic"}})
GPS_ENUM_WORDS(TaskKind, "--task", {{TaskKind::Segmentation, "segmentation"}, {TaskKind::Classification, "classification"}})
#undef GPS_ENUM_WORDS

template <typename E>
std::string wordOf(E value) {
  for (const auto& e : EnumWords<E>::table)
    if (e.value == value) return std::string(e.word);
  return "?";
}

// "a|b|c"
template <typename E>
std::string wordsOf() {
  std::string all;
  for (const auto& e : EnumWords<E>::table) {
    if (!all.empty()) all.push_back('|');
    all.append(e.word);
  }
  return all;
}

template <typename E>
E parseWord(std::string_view word) {
  for (const auto& e : EnumWords<E>::table)
    if (e.word == word) return e.value;
  throw Error(ErrorCode::BadArgument, std::string(EnumWords<E>::option), "\"" + std::string(word) + "\" is not one of its values",
              "Choose one of " + wordsOf<E>());
}

}  // namespace gps
