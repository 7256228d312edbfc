<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ChangeNames</name>
    <message numerus="yes">
        <source>change %n setting(s)</source>
        <translation>
            <numerusform>change %n setting</numerusform>
            <numerusform>change %n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>exclude %n block(s)</source>
        <translation>
            <numerusform>exclude %n block</numerusform>
            <numerusform>exclude %n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>exclude %n kind(s)</source>
        <translation>
            <numerusform>exclude %n kind</numerusform>
            <numerusform>exclude %n kinds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>include %n block(s)</source>
        <translation>
            <numerusform>include %n block</numerusform>
            <numerusform>include %n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>include %n kind(s)</source>
        <translation>
            <numerusform>include %n kind</numerusform>
            <numerusform>include %n kinds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CostWarnings</name>
    <message numerus="yes">
        <source>The disk is too small: %n run(s), with those that wait, write about %1, and %2 are free.</source>
        <translation>
            <numerusform>The disk is too small: %n run, with those that wait, writes about %1, and %2 are free.</numerusform>
            <numerusform>The disk is too small: %n runs, with those that wait, write about %1, and %2 are free.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionWords</name>
    <message numerus="yes">
        <source>%n weight(s)</source>
        <translation>
            <numerusform>%n weight</numerusform>
            <numerusform>%n weights</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::BlindOutcome</name>
    <message numerus="yes">
        <source>%n image(s) read. Once unblinded, the votes cannot be changed.</source>
        <translation>
            <numerusform>%n image read. Once unblinded, the votes cannot be changed.</numerusform>
            <numerusform>%n images read. Once unblinded, the votes cannot be changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::CasesPage</name>
    <message numerus="yes">
        <source>All %n image(s)</source>
        <translation>
            <numerusform>All %n image</numerusform>
            <numerusform>All %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ClassCasesPage</name>
    <message numerus="yes">
        <source>top-1 of %n picture(s), %1</source>
        <translation>
            <numerusform>top-1 of %n picture, %1</numerusform>
            <numerusform>top-1 of %n pictures, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::CompareBar</name>
    <message numerus="yes">
        <source>Computing, %n left</source>
        <translation>
            <numerusform>Computing, %n left</numerusform>
            <numerusform>Computing, %n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::CostPanel</name>
    <message numerus="yes">
        <source>A step of %n picture(s)</source>
        <translation>
            <numerusform>A step of %n picture</numerusform>
            <numerusform>A step of %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured over %n batch(es): decoded from their files and augmented. A disk that has not been read lately is slower.</source>
        <translation>
            <numerusform>Measured over %n batch: decoded from their files and augmented. A disk that has not been read lately is slower.</numerusform>
            <numerusform>Measured over %n batches: decoded from their files and augmented. A disk that has not been read lately is slower.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::DataPage</name>
    <message numerus="yes">
        <source>%n leak(s)</source>
        <translation>
            <numerusform>%n leak</numerusform>
            <numerusform>%n leaks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ExportDialog</name>
    <message numerus="yes">
        <source>All %n in the list</source>
        <translation>
            <numerusform>The %n in the list</numerusform>
            <numerusform>All %n in the list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>%n file written.</numerusform>
            <numerusform>%n files written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that were there were kept.</source>
        <translation>
            <numerusform>%n file that was there was kept.</numerusform>
            <numerusform>%n files that were there were kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read: %1</source>
        <translation>
            <numerusform>%n picture could not be read: %1</numerusform>
            <numerusform>%n pictures could not be read: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::FormPanel</name>
    <message numerus="yes">
        <source>%1, %n class(es)</source>
        <translation>
            <numerusform>%1, %n class</numerusform>
            <numerusform>%1, %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more setting(s)</source>
        <translation>
            <numerusform>Show %n more setting</numerusform>
            <numerusform>Show %n more settings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::HomePage</name>
    <message numerus="yes">
        <source>%n picture(s) in %1 classes, %2</source>
        <translation>
            <numerusform>%n picture in %1 classes, %2</numerusform>
            <numerusform>%n pictures in %1 classes, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), nothing scored</source>
        <translation>
            <numerusform>%n epoch, nothing scored</numerusform>
            <numerusform>%n epochs, nothing scored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best top-1 %1</source>
        <translation>
            <numerusform>%n epoch; best top-1 %1</numerusform>
            <numerusform>%n epochs; best top-1 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) with masks, %1</source>
        <translation>
            <numerusform>%n picture with mask, %1</numerusform>
            <numerusform>%n pictures with masks, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best mean Dice %1</source>
        <translation>
            <numerusform>%n epoch; best mean Dice %1</numerusform>
            <numerusform>%n epochs; best mean Dice %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) scored</source>
        <translation>
            <numerusform>%n picture scored</numerusform>
            <numerusform>%n pictures scored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::Leaks</name>
    <message numerus="yes">
        <source>%n pair(s) of pictures stand on two sides of a split; scores flatter.</source>
        <translation>
            <numerusform>%n pair of pictures stands on two sides of a split; scores flatter.</numerusform>
            <numerusform>%n pairs of pictures stand on two sides of a split; scores flatter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) outside the training split were used to select or to train (%1); scores on them flatter.</source>
        <translation>
            <numerusform>%n picture outside the training split was used to select or to train (%1); scores on it flatter.</numerusform>
            <numerusform>%n pictures outside the training split were used to select or to train (%1); scores on them flatter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::MainWindow</name>
    <message numerus="yes">
        <source>The sweep of %1 is in the form now: %n run(s).</source>
        <translation>
            <numerusform>The sweep of %1 is in the form now: %n run.</numerusform>
            <numerusform>The sweep of %1 is in the form now: %n runs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ModelPage</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new, %n class(es)</source>
        <translation>
            <numerusform>new, %n class</numerusform>
            <numerusform>new, %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::NewPicturesPage</name>
    <message numerus="yes">
        <source>Stopped after %n picture(s).</source>
        <translation>
            <numerusform>Stopped after %n picture.</numerusform>
            <numerusform>Stopped after %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ended early after %n picture(s).</source>
        <translation>
            <numerusform>Ended early after %n picture.</numerusform>
            <numerusform>Ended early after %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) looked at.</source>
        <translation>
            <numerusform>%n picture looked at.</numerusform>
            <numerusform>%n pictures looked at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read and were passed over: %1</source>
        <translation>
            <numerusform>%n picture could not be read and was passed over: %1</numerusform>
            <numerusform>%n pictures could not be read and were passed over: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::NumbersPage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1
%2 over %n image(s)</source>
        <translation>
            <numerusform>%1
%2 over %n image</numerusform>
            <numerusform>%1
%2 over %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::Preflight</name>
    <message numerus="yes">
        <source>Add %n run(s) to the queue all the same?</source>
        <translation>
            <numerusform>Add %n run to the queue all the same?</numerusform>
            <numerusform>Add %n runs to the queue all the same?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ProjectCard</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s)</source>
        <translation>
            <numerusform>%n pair</numerusform>
            <numerusform>%n pairs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::QueueModel</name>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::QueuePanel</name>
    <message numerus="yes">
        <source>%n run(s) wait; the queue is paused.</source>
        <translation>
            <numerusform>%n run waits; the queue is paused.</numerusform>
            <numerusform>%n runs wait; the queue is paused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait for what runs now.</source>
        <translation>
            <numerusform>%n run waits for what runs now.</numerusform>
            <numerusform>%n runs wait for what runs now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait.</source>
        <translation>
            <numerusform>%n run waits.</numerusform>
            <numerusform>%n runs wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::RunPlots</name>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>%n ticked</numerusform>
            <numerusform>%n ticked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) of %1 runs</source>
        <translation>
            <numerusform>%n setting of %1 runs</numerusform>
            <numerusform>%n settings of %1 runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) kept no steps</source>
        <translation>
            <numerusform>%n run kept no steps</numerusform>
            <numerusform>%n runs kept no steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::RunsPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash?</source>
        <translation>
            <numerusform>Move %n run to the trash?</numerusform>
            <numerusform>Move %n runs to the trash?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::SchemeCard</name>
    <message numerus="yes">
        <source>From %n training picture(s), mean loss %1.</source>
        <translation>
            <numerusform>From %n training picture, mean loss %1.</numerusform>
            <numerusform>From %n training pictures, mean loss %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::Session</name>
    <message numerus="yes">
        <source>CPU, %n thread(s)</source>
        <translation>
            <numerusform>CPU, %n thread</numerusform>
            <numerusform>CPU, %n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::StabilityCard</name>
    <message numerus="yes">
        <source>Stopped after %n batch(es): the choice agreed with that of half as many to %1.</source>
        <translation>
            <numerusform>Stopped after %n batch: the choice agreed with that of half as many to %1.</numerusform>
            <numerusform>Stopped after %n batches: the choice agreed with that of half as many to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n batch(es) the choice agrees with the final one to %1.</source>
        <translation>
            <numerusform>After %n batch the choice agrees with the final one to %1.</numerusform>
            <numerusform>After %n batches the choice agrees with the final one to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was still changing after %n batch(es): %1 with the final choice.</source>
        <translation>
            <numerusform>It was still changing after %n batch: %1 with the final choice.</numerusform>
            <numerusform>It was still changing after %n batches: %1 with the final choice.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::SweepPanel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gradient pass(es)</source>
        <translation>
            <numerusform>%n gradient pass</numerusform>
            <numerusform>%n gradient passes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n run(s) to the queue</source>
        <translation>
            <numerusform>Add %n run to the queue</numerusform>
            <numerusform>Add %n runs to the queue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::TrainDraft</name>
    <message numerus="yes">
        <source>%n setting(s) are others than in the preset.</source>
        <translation>
            <numerusform>%n setting is other than in the preset.</numerusform>
            <numerusform>%n settings are others than in the preset.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::VideoPage</name>
    <message numerus="yes">
        <source>%n frame(s) so far; the video does not say how many it has.</source>
        <translation>
            <numerusform>%n frame so far; the video does not say how many it has.</numerusform>
            <numerusform>%n frames so far; the video does not say how many it has.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n frame(s).</source>
        <translation>
            <numerusform>Stopped after %n frame.</numerusform>
            <numerusform>Stopped after %n frames.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ended early after %n frame(s).</source>
        <translation>
            <numerusform>Ended early after %n frame.</numerusform>
            <numerusform>Ended early after %n frames.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) looked at.</source>
        <translation>
            <numerusform>%n frame looked at.</numerusform>
            <numerusform>%n frames looked at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) could not be read and were passed over, the first is %1.</source>
        <translation>
            <numerusform>%n frame could not be read and was passed over: %1.</numerusform>
            <numerusform>%n frames could not be read and were passed over, the first is %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::ChoiceCounts</name>
    <message numerus="yes">
        <source>chosen by exactly %n selection(s)</source>
        <translation>
            <numerusform>chosen by exactly %n selection</numerusform>
            <numerusform>chosen by exactly %n selections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::FrontierPlot</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::ParallelPlot</name>
    <message numerus="yes">
        <source>%1 of %n run(s) kept</source>
        <translation>
            <numerusform>%1 of %n run kept</numerusform>
            <numerusform>%1 of %n runs kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::TablePanel</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
</TS>
