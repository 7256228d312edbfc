// Selection and gradient files, and the JSON in our metadata.
#include <cmath>

#include "core/checkpoints/gradientfieldfile.h"
#include "core/checkpoints/selectionfile.h"
#include "core/checkpoints/specjson.h"
#include "tests/core/checkpointfiles.h"

namespace gps::test {
namespace {

SelectionSpec oddSpec() {
  SelectionSpec spec;
  spec.criterion = Criterion::Random;
  spec.keptPerRow = 7;
  spec.excludedBlocks = {"0", "1.2"};
  spec.excludedKinds = {"proj"};
  spec.keepExcludedBiases = true;
  spec.decoder = DecoderMode::Sparse;
  spec.batch = 3;
  spec.limit = 11;
  spec.seed = ~std::uint64_t{0};
  spec.dataHash = "d";
  spec.baseHash = "b";
  spec.origin = "union of a, b";
  spec.modelId = "lite_medsam";
  spec.imageSize = 128;
  spec.precision = Precision::Bf16;
  spec.prompt = PromptMode::Full;
  spec.preprocess = PreprocessKind::Pad;
  return spec;
}

void expectEqual(const SelectionSpec& a, const SelectionSpec& b) {
  EXPECT_EQ(a.level, b.level);
  EXPECT_EQ(a.criterion, b.criterion);
  EXPECT_EQ(a.loss, b.loss);
  EXPECT_EQ(a.keptPerRow, b.keptPerRow);
  EXPECT_EQ(a.excludedBlocks, b.excludedBlocks);
  EXPECT_EQ(a.excludedKinds, b.excludedKinds);
  EXPECT_EQ(a.keepExcludedBiases, b.keepExcludedBiases);
  EXPECT_EQ(a.decoder, b.decoder);
  EXPECT_EQ(a.batch, b.batch);
  EXPECT_EQ(a.limit, b.limit);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.dataHash, b.dataHash);
  EXPECT_EQ(a.baseHash, b.baseHash);
  EXPECT_EQ(a.origin, b.origin);
  EXPECT_EQ(a.modelId, b.modelId);
  EXPECT_EQ(a.imageSize, b.imageSize);
  EXPECT_EQ(a.precision, b.precision);
  EXPECT_EQ(a.prompt, b.prompt);
  EXPECT_EQ(a.preprocess, b.preprocess);
}

TEST(SpecJson, SelectionSpecRoundTrip) {
  expectEqual(selectionSpecFromJson(selectionSpecToJson(oddSpec()), "f"), oddSpec());
  expectEqual(selectionSpecFromJson("{\"future\": 1}", "f"), SelectionSpec());
}

TEST(SpecJson, RefusesDamagedTextNamingTheFile) {
  for (const char* text : {"", "{", "[]]", "{\"k\":\"two\"}", "{\"level\":\"galaxy\"}", "{\"exclude_blocks\":3}"}) {
    const Error error = errorOf([&] { selectionSpecFromJson(text, "file.st"); });
    EXPECT_EQ(error.code(), ErrorCode::BadFile) << text;
    EXPECT_EQ(error.subject(), "file.st");
  }
}

TEST(SpecJson, PreprocessAndMetricsRoundTrip) {
  const PreprocessSpec spec{1024, PreprocessKind::Pad, Normalisation::ImageNet};
  EXPECT_EQ(preprocessFromJson(preprocessToJson(spec), "f"), spec);
  const auto metrics = metricsFromJson(metricsToJson({{"dice_mean", 0.1}, {"odd", std::nan("")}}), "f");
  EXPECT_EQ(metrics.at("dice_mean"), 0.1);
  EXPECT_TRUE(std::isnan(metrics.at("odd")));
}

TEST(SpecJson, ParameterMapRoundTrip) {
  const auto model = Model::create("lite_medsam");
  const ParameterMap& map = model->map();
  const auto back = parameterMapFromJson(parameterMapToJson(map), "f");
  ASSERT_EQ(back->size(), map.matrixIds().size());
  EXPECT_EQ(back->matrixSize(), map.matrixSize());
  for (std::size_t i = 0; i < back->size(); ++i) {
    const auto &a = back->entry(i), &b = map.entry(map.matrixIds()[i]);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.offset, b.offset);
    EXPECT_EQ(a.rows, b.rows);
    EXPECT_EQ(a.cols, b.cols);
    EXPECT_EQ(a.block, b.block);
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.part, b.part);
  }
}

TEST(SpecJson, RefusesHostileParameterMaps) {
  const auto entry = [](const std::string& name, const std::string& offset, const std::string& rows, const std::string& cols) {
    return R"({"name":")" + name + R"(","offset":)" + offset + R"(,"rows":)" + rows + R"(,"cols":)" + cols +
           R"(,"block":"0","kind":"qkv"})";
  };
  EXPECT_EQ(parameterMapFromJson("[" + entry("a", "0", "2", "3") + "," + entry("b", "64", "1", "1") + "]", "f")->size(), 2u);
  for (const std::string& text :
       {std::string("{}"), "[" + entry("a", "1", "2", "3") + "]", "[" + entry("a", "0", "-2", "3") + "]",
        "[" + entry("a", "0", "0", "3") + "]", "[" + entry("a", "0", "4294967296", "4294967296") + "]",
        "[" + entry("a", "9223372036854775807", "1", "1") + "]", "[" + entry("a", "0", "2", "3") + "," + entry("a", "64", "2", "3") + "]",
        "[" + entry("a", "64", "2", "3") + "," + entry("b", "0", "2", "3") + "]", "[" + entry("a", "0", "1e300", "3") + "]",
        std::string("[{}]"), std::string(100000, '[')})
    EXPECT_EQ(errorOf([&] { parameterMapFromJson(text, "f"); }).code(), ErrorCode::BadFile) << text.substr(0, 200);
}

Selection someSelection(const Model& model) {
  Selection selection;
  selection.spec = oddSpec();
  selection.spec.baseHash = model.baseHash();
  for (const auto id : model.map().matrixIds()) {
    selection.offsets.push_back(std::uint32_t(model.map().entry(id).offset));
    if (model.map().entry(id).count > 1)
      selection.offsets.push_back(std::uint32_t(model.map().entry(id).offset + model.map().entry(id).count - 1));
  }
  selection.rows = 22144;
  selection.zeroRows = 5;
  return selection;
}

TEST(SelectionFileTest, RoundTrip) {
  const TemporaryFolder folder;
  const auto model = Model::create("lite_medsam");
  model->setBaseHash("0123456789abcdef");
  const Selection selection = someSelection(*model);
  writeSelection(folder / "s", model->map(), selection);
  const Selection back = readSelection(folder / "s", *model);
  EXPECT_EQ(back.offsets, selection.offsets);
  EXPECT_EQ(back.rows, 22144);
  EXPECT_EQ(back.zeroRows, 5);
  expectEqual(back.spec, selection.spec);
  EXPECT_EQ(readSelectionFile(folder / "s").map->matrixSize(), model->map().matrixSize());
  const TensorFile file = openTensorFile(folder / "s");
  EXPECT_EQ(file.at("offsets").dtype, DType::U32);
}

TEST(SelectionFileTest, RefusesOtherModelsAndDamage) {
  const TemporaryFolder folder;
  const auto model = Model::create("lite_medsam");
  model->setBaseHash("aaaa");
  Selection selection = someSelection(*model);
  writeSelection(folder / "s", model->map(), selection);
  model->setBaseHash("bbbb");
  const Error other = errorOf([&] { readSelection(folder / "s", *model); });
  EXPECT_EQ(other.code(), ErrorCode::Mismatch);
  EXPECT_NE(other.cause().find("aaaa"), std::string::npos);
  EXPECT_NE(other.cause().find("bbbb"), std::string::npos);
  const auto mobile = Model::create("mobile_sam");
  mobile->setBaseHash("aaaa");
  EXPECT_EQ(errorOf([&] { readSelection(folder / "s", *mobile); }).code(), ErrorCode::Mismatch);

  selection.offsets = {5, 5};
  writeSelection(folder / "twice", model->map(), selection);
  EXPECT_EQ(errorOf([&] { readSelectionFile(folder / "twice"); }).code(), ErrorCode::BadFile);
  selection.offsets = {std::uint32_t(model->map().matrixSize())};
  writeSelection(folder / "beyond", model->map(), selection);
  EXPECT_EQ(errorOf([&] { readSelectionFile(folder / "beyond"); }).code(), ErrorCode::BadFile);
  const auto& first = model->map().entry(model->map().matrixIds()[0]);
  if (first.count % ParameterMap::kAlignment) {
    selection.offsets = {std::uint32_t(first.offset + first.count)};  // padding
    writeSelection(folder / "padding", model->map(), selection);
    EXPECT_EQ(errorOf([&] { readSelectionFile(folder / "padding"); }).code(), ErrorCode::BadFile);
  }
  writeHollowCheckpoint(folder / "weights", tensorsOf(model->map()));
  EXPECT_EQ(errorOf([&] { readSelectionFile(folder / "weights"); }).code(), ErrorCode::BadFile);
}

TEST(GradientFieldFile, RoundTrip) {
  const TemporaryFolder folder;
  const auto model = Model::create("lite_medsam");
  model->setBaseHash("cccc");
  const std::shared_ptr<const ParameterMap> map(std::shared_ptr<void>(), &model->map());
  GradientField field;
  field.map = map;
  std::vector<float> values(std::size_t(map->matrixSize()), 0.f);
  SelectionSpec spec;
  for (const auto id : selectableIds(*map, spec))
    for (std::int64_t i = 0; i < map->entry(id).count; ++i) values[std::size_t(map->entry(id).offset + i)] = float(i % 101) - 50.25f;
  field.values = Scores(values);
  field.baseHash = "cccc";
  field.dataHash = "dddd";
  field.kind = FieldKind::Fisher;
  field.precision = Precision::Tf32;
  field.images = 24;
  field.batches = 3;
  field.meanLoss = 0.1;
  field.snapshots = {{1, 8, -1, 0.25}, {2, 16, 0.5, 1}};
  field.stoppedEarly = true;
  writeGradientField(folder / "g", field, spec);
  const GradientField back = readGradientField(folder / "g", *model, map);
  EXPECT_EQ(back.values.copy(), values);
  EXPECT_EQ(back.dataHash, "dddd");
  EXPECT_EQ(back.kind, FieldKind::Fisher);
  EXPECT_EQ(back.precision, Precision::Tf32);
  EXPECT_EQ(back.images, 24);
  EXPECT_EQ(back.batches, 3);
  EXPECT_EQ(back.meanLoss, 0.1);
  EXPECT_TRUE(back.stoppedEarly);
  ASSERT_EQ(back.snapshots.size(), 2u);
  EXPECT_EQ(back.snapshots[0].withHalf, -1);
  EXPECT_EQ(back.snapshots[0].withFinal, 0.25);
  EXPECT_EQ(back.snapshots[1].images, 16);
  model->setBaseHash("eeee");
  const Error weights = errorOf([&] { readGradientField(folder / "g", *model, map); });
  EXPECT_EQ(weights.code(), ErrorCode::Mismatch);
  EXPECT_NE(weights.cause().find("cccc"), std::string::npos);
  EXPECT_NE(weights.cause().find("eeee"), std::string::npos);
  // Another architecture is refused by the first name or shape that it lacks.
  const auto mobile = Model::create("mobile_sam");
  mobile->setBaseHash("cccc");
  const std::shared_ptr<const ParameterMap> other(std::shared_ptr<void>(), &mobile->map());
  const Error architecture = errorOf([&] { readGradientField(folder / "g", *mobile, other); });
  EXPECT_EQ(architecture.code(), ErrorCode::Mismatch);
  EXPECT_NE(architecture.cause().find("no selectable weight of the model"), std::string::npos) << architecture.what();
}

}  // namespace
}  // namespace gps::test
