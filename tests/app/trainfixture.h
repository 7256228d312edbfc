#pragma once
// The Train page of a window over a made-up engine, and hands for its form.
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

#include "app/pages/train/formpanel.h"
#include "app/pages/trainpage.h"
#include "widgets/configtext.h"
#include "widgets/propertyform.h"
#include "windowfixture.h"

namespace gps::app {

class TrainFixture : protected WindowFixture {
 protected:
  void beginOnTrainPage() {
    begin();
    showTrainPage();
  }
  void showTrainPage() {
    showWindow();
    m_window->showPage(QStringLiteral("train"));
    page().preflight().disk().setProbe([](const QString&) { return 1e15; });  // whatever disk the tests run on
  }
  TrainPage& page() { return *m_window->trainPage(); }

  void open() { openWith(sampleData(), sampleModel(), true); }
  void openClasses() { openWith(sampleClasses(), sampleClassifier(), false); }

  void openWith(const DataOpened& data, const ModelOpened& model, bool hasTable) {
    openPictures(data);
    openModel(model);
    if (hasTable) runPass();
  }

  static std::shared_ptr<const TrainCost> sampleCost() {
    auto cost = std::make_shared<TrainCost>();
    cost->stepMs = {110, 90, 100};
    cost->batch = 8;
    cost->stepsPerEpoch = 10;
    cost->epochs = 20;
    cost->loadedBatches = 6;
    cost->firstLoadMs = 50;
    cost->laterLoadMs = 10;
    cost->keptShare = 0.5;
    cost->validationMeasured = 2;
    cost->validationSeconds = 1;
    cost->validationPictures = 4;
    cost->peakMib = 300;
    cost->trainableTotal = 4000000;
    cost->parameters = 9000000;
    cost->deltaEpochBytes = 16000000;
    cost->trainingStateBytes = 64000000;
    cost->denseStateBytes = 144000000;
    cost->freeDiskBytes = 1e12;
    cost->freeMemoryBytes = 8e9;
    return cost;
  }

  void write(const QString& text) {
    auto* editor = page().formPanel()->text()->editor();
    editor->setPlainText(text);  // as a paste over everything
  }
  void set(ui::PropertyForm& form, const QString& key, const QString& text) {
    auto* edit = qobject_cast<QLineEdit*>(form.editor(key));
    edit->clear();
    QTest::keyClicks(edit, text);
  }
  void type(const QString& key, const QString& text) {
    set(*page().form(), key, text);
    QTest::keyClick(page().form()->editor(key), Qt::Key_Return);
  }
  void spin(const QString& key, int value) { qobject_cast<QSpinBox*>(page().form()->editor(key))->setValue(value); }
  void choose(const QString& key, const QString& value) {
    auto* box = qobject_cast<QComboBox*>(page().form()->editor(key));
    box->setCurrentIndex(box->findData(value));
  }
};

}  // namespace gps::app
