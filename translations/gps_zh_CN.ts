<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChangeNames</name>
    <message>
        <source>keep %1 inputs per neuron</source>
        <translation>每个神经元保留 %1 个输入</translation>
    </message>
    <message>
        <source>switch on %1</source>
        <translation>开启%1</translation>
    </message>
    <message>
        <source>switch off %1</source>
        <translation>关闭%1</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>更改%1</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>将%1设为 %2</translation>
    </message>
    <message numerus="yes">
        <source>change %n setting(s)</source>
        <translation>
            <numerusform>更改 %n 项设置</numerusform>
        </translation>
    </message>
    <message>
        <source>exclude block %1</source>
        <translation>排除块 %1</translation>
    </message>
    <message>
        <source>exclude %1</source>
        <translation>排除 %1</translation>
    </message>
    <message>
        <source>include block %1</source>
        <translation>包含块 %1</translation>
    </message>
    <message>
        <source>include %1</source>
        <translation>包含 %1</translation>
    </message>
    <message numerus="yes">
        <source>exclude %n block(s)</source>
        <translation>
            <numerusform>排除 %n 个块</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>exclude %n kind(s)</source>
        <translation>
            <numerusform>排除 %n 种矩阵</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>include %n block(s)</source>
        <translation>
            <numerusform>包含 %n 个块</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>include %n kind(s)</source>
        <translation>
            <numerusform>包含 %n 种矩阵</numerusform>
        </translation>
    </message>
    <message>
        <source>change the excluded blocks</source>
        <translation>更改排除的块</translation>
    </message>
    <message>
        <source>the ranking</source>
        <translation>排序依据</translation>
    </message>
    <message>
        <source>the level</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>the loss of the gradient</source>
        <translation>梯度所用的损失</translation>
    </message>
    <message>
        <source>the selected share</source>
        <translation>选择比例</translation>
    </message>
    <message>
        <source>the pictures per batch of the pass</source>
        <translation>梯度计算的每批图像数</translation>
    </message>
    <message>
        <source>the number of pictures of the pass</source>
        <translation>梯度计算的图像数</translation>
    </message>
    <message>
        <source>the seed of the pass</source>
        <translation>梯度计算的随机种子</translation>
    </message>
    <message>
        <source>the method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>the mask decoder</source>
        <translation>掩码解码器</translation>
    </message>
    <message>
        <source>the epochs</source>
        <translation>轮次数</translation>
    </message>
    <message>
        <source>the warm-up epochs</source>
        <translation>预热轮次数</translation>
    </message>
    <message>
        <source>the pictures per step</source>
        <translation>每步图像数</translation>
    </message>
    <message>
        <source>the learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>the weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>the schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>the optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>the augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>drop-path</source>
        <translation> drop-path</translation>
    </message>
    <message>
        <source>mixup</source>
        <translation> mixup</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation> CutMix</translation>
    </message>
    <message>
        <source>the label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>the EMA decay</source>
        <translation>EMA 衰减</translation>
    </message>
    <message>
        <source>training on validation</source>
        <translation>用验证集训练</translation>
    </message>
    <message>
        <source>the device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>the seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>the number of training pictures</source>
        <translation>训练图像数</translation>
    </message>
    <message>
        <source>the number of validation pictures</source>
        <translation>验证图像数</translation>
    </message>
    <message>
        <source>the picture size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>the selection file</source>
        <translation>参数选择文件</translation>
    </message>
    <message>
        <source>the smallest rate</source>
        <translation>最小学习率</translation>
    </message>
    <message>
        <source>the warm-up rate</source>
        <translation>预热学习率</translation>
    </message>
    <message>
        <source>the clip norm</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>the layer decay</source>
        <translation>逐层衰减</translation>
    </message>
    <message>
        <source>how gradients are made</source>
        <translation>梯度计算方式</translation>
    </message>
    <message>
        <source>the backward path</source>
        <translation>反向路径</translation>
    </message>
    <message>
        <source>recomputing</source>
        <translation>重算</translation>
    </message>
    <message>
        <source>step by step</source>
        <translation>逐步执行</translation>
    </message>
    <message>
        <source>repeatability</source>
        <translation>可复现性</translation>
    </message>
    <message>
        <source>the precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>the threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>train the choice of the Selection page</source>
        <translation>训练“参数选择”页上的选择</translation>
    </message>
    <message>
        <source>train the selection %1</source>
        <translation>训练参数选择 %1</translation>
    </message>
    <message>
        <source>the preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>put %1 beside the other schemes</source>
        <translation>将 %1 加入方案并列比较</translation>
    </message>
    <message>
        <source>take %1 away from the schemes</source>
        <translation>将 %1 移出方案并列比较</translation>
    </message>
    <message>
        <source>change the schemes side by side</source>
        <translation>更改并列的方案</translation>
    </message>
    <message>
        <source>the budget of a layer</source>
        <translation>每层的预算</translation>
    </message>
    <message>
        <source>the biases of excluded blocks</source>
        <translation>被排除块的偏置</translation>
    </message>
    <message>
        <source>the pictures in memory at once</source>
        <translation>同时在内存中的图像数</translation>
    </message>
    <message>
        <source>the early end of the pass</source>
        <translation>梯度计算的提前结束</translation>
    </message>
    <message>
        <source>the trace of the pass</source>
        <translation>梯度计算的记录</translation>
    </message>
    <message>
        <source>the memory of the gradient</source>
        <translation>梯度所用的内存</translation>
    </message>
</context>
<context>
    <name>ClassTexts</name>
    <message>
        <source>Top-1: share of the pictures whose likeliest class is the true one.</source>
        <translation>Top-1：最可能的类别就是真实类别的图像所占比例。</translation>
    </message>
    <message>
        <source>Only the classes that occur are considered.</source>
        <translation>只考虑实际出现的类别。</translation>
    </message>
    <message>
        <source>Top-5: share of the pictures whose true class is among the five likeliest.</source>
        <translation>Top-5：真实类别位于最可能的五个类别之中的图像所占比例。</translation>
    </message>
    <message>
        <source>Mean class accuracy: the share of right pictures in each class, averaged over the classes that have pictures.</source>
        <translation>平均类别准确率：先求每个类别中正确图像的比例，再对有图像的类别取平均。</translation>
    </message>
</context>
<context>
    <name>CostWarnings</name>
    <message>
        <source>The disk is too small: the run writes %1, and %2 are free.</source>
        <translation>磁盘空间不足：运行将写入 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Memory is short: the run needs %1 of %2. Fewer pictures per step or recomputing need less.</source>
        <translation>内存紧张：运行需要 %1，共 %2。减少每步图像数或启用重算可降低用量。</translation>
    </message>
    <message numerus="yes">
        <source>The disk is too small: %n run(s), with those that wait, write about %1, and %2 are free.</source>
        <translation>
            <numerusform>磁盘空间不足：连同等待中的运行，共 %n 个运行约写入 %1，可用 %2。</numerusform>
        </translation>
    </message>
    <message>
        <source>The disk is too small: the run writes about %1, and %2 are free.</source>
        <translation>磁盘空间不足：运行约写入 %1，可用 %2。</translation>
    </message>
</context>
<context>
    <name>DataWords</name>
    <message>
        <source>images and masks folders</source>
        <translation>images 与 masks 文件夹</translation>
    </message>
    <message>
        <source>one folder per split</source>
        <translation>每个划分一个文件夹</translation>
    </message>
    <message>
        <source>pairs in one folder</source>
        <translation>同一文件夹中成对</translation>
    </message>
    <message>
        <source>table of pairs</source>
        <translation>配对表</translation>
    </message>
    <message>
        <source>one folder per class</source>
        <translation>每个类别一个文件夹</translation>
    </message>
    <message>
        <source>CIFAR files</source>
        <translation>CIFAR 文件</translation>
    </message>
    <message>
        <source>pack file</source>
        <translation>打包文件</translation>
    </message>
    <message>
        <source>%1 has no mask and is left out.</source>
        <translation>%1 没有掩码，已略过。</translation>
    </message>
    <message>
        <source>The mask %1 has no picture and is left out.</source>
        <translation>掩码 %1 没有对应图像，已略过。</translation>
    </message>
    <message>
        <source>Picture and mask of %1 differ in size.</source>
        <translation>%1 的图像与掩码尺寸不同。</translation>
    </message>
    <message>
        <source>The mask of %1 is empty.</source>
        <translation>%1 的掩码为空。</translation>
    </message>
    <message>
        <source>The mask of %1 has grey values; above the middle counts as polyp.</source>
        <translation>%1 的掩码含灰度值；高于中值的算作息肉。</translation>
    </message>
    <message>
        <source>%1 cannot be read and is left out.</source>
        <translation>%1 无法读取，已略过。</translation>
    </message>
    <message>
        <source>The name %1 occurs twice.</source>
        <translation>名称 %1 出现两次。</translation>
    </message>
    <message>
        <source>A split list names %1, which is not there.</source>
        <translation>划分列表提到 %1，但它不存在。</translation>
    </message>
    <message>
        <source>%1 has a class that is none of the data set, and is left out.</source>
        <translation>%1 的类别不属于此数据集，已略过。</translation>
    </message>
    <message>
        <source>The class %1 has no picture.</source>
        <translation>类别 %1 没有图像。</translation>
    </message>
    <message>
        <source>Nothing so far; the pictures are still being checked.</source>
        <translation>目前没有；图像仍在检查中。</translation>
    </message>
    <message>
        <source>Nothing. Every picture was decoded, and every class has pictures.</source>
        <translation>没有问题。所有图像均已解码，每个类别都有图像。</translation>
    </message>
    <message>
        <source>Nothing. Every picture and mask was decoded; sizes agree and no mask is empty.</source>
        <translation>没有问题。所有图像和掩码均已解码，尺寸一致，且没有空掩码。</translation>
    </message>
</context>
<context>
    <name>DropWords</name>
    <message>
        <source>%1 is a table of results: the areas outlined in new pictures.</source>
        <translation>%1 是结果表格：新图像中勾画的面积。</translation>
    </message>
    <message>
        <source>%1 is a table of results: the areas outlined in the frames of a video.</source>
        <translation>%1 是结果表格：视频各帧中勾画的面积。</translation>
    </message>
    <message>
        <source>%1 is a table of results: the figures of every image.</source>
        <translation>%1 是结果表格：每幅图像的数值。</translation>
    </message>
    <message>
        <source>%1 is a table of results: figures of all images with their intervals.</source>
        <translation>%1 是结果表格：全部图像的数值及其区间。</translation>
    </message>
    <message>
        <source>%1 is a table of results: ratings and remarks.</source>
        <translation>%1 是结果表格：评分和备注。</translation>
    </message>
    <message>
        <source>%1 is a table of results: a blind reading.</source>
        <translation>%1 是结果表格：一次盲法阅片。</translation>
    </message>
    <message>
        <source>%1 is a table of results: the classes that a model found.</source>
        <translation>%1 是结果表格：模型判定的类别。</translation>
    </message>
    <message>
        <source>%1 is a table of results: how many weights of each layer are selected.</source>
        <translation>%1 是结果表格：各层选中的权重数。</translation>
    </message>
    <message>
        <source>%1 is a table of results: a comparison of selections.</source>
        <translation>%1 是结果表格：选择之间的比较。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>%1 is no list of pictures.</source>
        <translation>%1 不是图像列表。</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it. What was open stays open.</source>
        <translation>请确认它仍然存在并且您有权读取。已打开的内容保持打开。</translation>
    </message>
    <message>
        <source>The first line of a list names the columns image and mask, or image and class. Correct it, or drop the folder of the pictures. What was open stays open.</source>
        <translation>列表的第一行须写出 image 和 mask 两列，或 image 和 class 两列。请改正它，或拖入图像所在的文件夹。已打开的内容保持打开。</translation>
    </message>
    <message>
        <source>It is for a spreadsheet. To look at the pictures, drop their folder or the pictures themselves. What was open stays open.</source>
        <translation>它供电子表格软件使用。要查看图像，请拖入图像所在的文件夹或图像本身。已打开的内容保持打开。</translation>
    </message>
</context>
<context>
    <name>FailureTexts</name>
    <message>
        <source>Sample pictures</source>
        <translation>示例图像</translation>
    </message>
    <message>
        <source>Data check</source>
        <translation>数据检查</translation>
    </message>
    <message>
        <source>Gradient pass</source>
        <translation>梯度计算</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The sample pictures could not be made.</source>
        <translation>无法生成示例图像。</translation>
    </message>
    <message>
        <source>The pictures could not be opened.</source>
        <translation>无法打开图像。</translation>
    </message>
    <message>
        <source>The weights could not be opened.</source>
        <translation>无法打开权重。</translation>
    </message>
    <message>
        <source>The gradient pass ended early.</source>
        <translation>梯度计算提前结束。</translation>
    </message>
    <message>
        <source>The selection could not be made.</source>
        <translation>无法完成参数选择。</translation>
    </message>
    <message>
        <source>The training ended early.</source>
        <translation>训练提前结束。</translation>
    </message>
    <message>
        <source>The pictures could not be scored.</source>
        <translation>无法为图像评分。</translation>
    </message>
    <message>
        <source>This picture could not be predicted.</source>
        <translation>无法预测此图像。</translation>
    </message>
    <message>
        <source>The runs of this project could not be read.</source>
        <translation>无法读取此项目的运行。</translation>
    </message>
    <message>
        <source>A value cannot be used: %1</source>
        <translation>某个值不可用：%1</translation>
    </message>
    <message>
        <source>Change the value and try again.</source>
        <translation>请修改该值后重试。</translation>
    </message>
    <message>
        <source>A file is damaged or of another kind: %1</source>
        <translation>文件已损坏或类型不符：%1</translation>
    </message>
    <message>
        <source>Choose another file, or get this one again from its source.</source>
        <translation>请选择其他文件，或从来源重新获取。</translation>
    </message>
    <message>
        <source>Something is missing: %1</source>
        <translation>缺少：%1</translation>
    </message>
    <message>
        <source>Check whether it was moved or renamed.</source>
        <translation>请检查它是否被移动或改名。</translation>
    </message>
    <message>
        <source>Two files do not belong together: %1</source>
        <translation>两个文件不匹配：%1</translation>
    </message>
    <message>
        <source>Use the weights that this file was made from.</source>
        <translation>请使用生成此文件时所用的权重。</translation>
    </message>
    <message>
        <source>Reading or writing failed: %1</source>
        <translation>读写失败：%1</translation>
    </message>
    <message>
        <source>Check the free space and the permissions of the folder.</source>
        <translation>请检查剩余空间和文件夹权限。</translation>
    </message>
    <message>
        <source>There was not enough memory.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>The graphics card stopped answering.</source>
        <translation>显卡停止响应。</translation>
    </message>
    <message>
        <source>Restart the program. The run up to the last epoch is kept.</source>
        <translation>请重新启动程序。到上一轮次为止的运行已保留。</translation>
    </message>
    <message>
        <source>This computer or this build lacks what is needed: %1</source>
        <translation>此电脑或此版本缺少所需条件：%1</translation>
    </message>
    <message>
        <source>Choose the CPU as device, or install what is missing.</source>
        <translation>请选择 CPU 作为设备，或安装缺少的部分。</translation>
    </message>
    <message>
        <source>The loss became infinite.</source>
        <translation>损失变为无穷大。</translation>
    </message>
    <message>
        <source>Use a smaller learning rate, for example a third of the present one.</source>
        <translation>请使用更小的学习率，例如目前的三分之一。</translation>
    </message>
    <message>
        <source>This is a fault of the program.</source>
        <translation>这是程序的错误。</translation>
    </message>
    <message>
        <source>Copy the details and report them.</source>
        <translation>请复制详情并反馈。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures with masks, or with one folder for each class.</source>
        <translation>请选择带掩码的图像文件夹，或每个类别一个子文件夹的图像文件夹。</translation>
    </message>
    <message>
        <source>Schemes</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Saving the selection</source>
        <translation>保存选择</translation>
    </message>
    <message>
        <source>The scheme could not be counted.</source>
        <translation>无法统计该方案。</translation>
    </message>
    <message>
        <source>The layer could not be read.</source>
        <translation>无法读取该层。</translation>
    </message>
    <message>
        <source>The selection could not be saved.</source>
        <translation>无法保存该选择。</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>The cost could not be measured.</source>
        <translation>无法测量代价。</translation>
    </message>
    <message>
        <source>Selections</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The selection file could not be moved.</source>
        <translation>无法移动该选择文件。</translation>
    </message>
    <message>
        <source>The selections could not be compared.</source>
        <translation>无法比较这些参数选择。</translation>
    </message>
    <message>
        <source>Tick selections that were made on the same model with the same weights.</source>
        <translation>请勾选在同一模型、同一权重上得到的参数选择。</translation>
    </message>
    <message>
        <source>Outlining by pointing</source>
        <translation>指点勾画</translation>
    </message>
    <message>
        <source>New pictures</source>
        <translation>新图像</translation>
    </message>
    <message>
        <source>This picture could not be outlined.</source>
        <translation>无法勾画该图像。</translation>
    </message>
    <message>
        <source>The new pictures could not be looked at.</source>
        <translation>无法查看新图像。</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>The video could not be looked at.</source>
        <translation>无法处理该视频。</translation>
    </message>
    <message>
        <source>Something in the settings does not fit.</source>
        <translation>某项设置不合适。</translation>
    </message>
    <message>
        <source>The details tell which; change it and try again.</source>
        <translation>详细信息中有说明；请修改后重试。</translation>
    </message>
    <message>
        <source>A file is damaged or of another kind.</source>
        <translation>有文件已损坏或类型不符。</translation>
    </message>
    <message>
        <source>A file is missing.</source>
        <translation>缺少文件。</translation>
    </message>
    <message>
        <source>A file is missing: %1</source>
        <translation>缺少文件：%1</translation>
    </message>
    <message>
        <source>What was trained does not belong to the model that is open.</source>
        <translation>训练结果与当前打开的模型不匹配。</translation>
    </message>
    <message>
        <source>On the Model page, open the model that it was trained with.</source>
        <translation>请在“模型”页打开训练时所用的模型。</translation>
    </message>
    <message>
        <source>A file could not be read or written.</source>
        <translation>有文件无法读取或写入。</translation>
    </message>
    <message>
        <source>A file could not be read or written: %1</source>
        <translation>无法读取或写入文件：%1</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller input size on the Model page.</source>
        <translation>请关闭其他程序，或在“模型”页选择较小的输入尺寸。</translation>
    </message>
    <message>
        <source>Restart the program. What has been saved is kept.</source>
        <translation>请重新启动程序。已保存的内容不会丢失。</translation>
    </message>
    <message>
        <source>This computer lacks what is needed.</source>
        <translation>这台计算机缺少所需的内容。</translation>
    </message>
    <message>
        <source>Choose the CPU as device, or install what the details name.</source>
        <translation>请选择 CPU 作为设备，或安装详细信息中所列的内容。</translation>
    </message>
    <message>
        <source>The model gives no usable answer.</source>
        <translation>模型没有给出可用的结果。</translation>
    </message>
    <message>
        <source>Choose another version of it.</source>
        <translation>请选择该模型的其他版本。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The folder cannot be written to.</source>
        <translation>无法写入该文件夹。</translation>
    </message>
    <message>
        <source>Copy of the project</source>
        <translation>复制项目</translation>
    </message>
    <message>
        <source>The project could not be copied.</source>
        <translation>项目无法复制。</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>Keeping the gradient pass</source>
        <translation>保存梯度计算结果</translation>
    </message>
    <message>
        <source>Gradient pass of a file</source>
        <translation>文件中的梯度计算结果</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>The gradient pass could not be kept. It has to be run again once the project is closed.</source>
        <translation>梯度计算结果无法保存。关闭项目后需要重新计算。</translation>
    </message>
    <message>
        <source>The gradient pass of the file could not be opened.</source>
        <translation>无法打开文件中的梯度计算结果。</translation>
    </message>
    <message>
        <source>Use a smaller batch or a smaller input size. What a run has saved is kept.</source>
        <translation>请使用更小的批次或更小的输入尺寸。运行已保存的内容会保留。</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Boundary F</source>
        <translation>边界 F</translation>
    </message>
    <message>
        <source>HD95, px</source>
        <translation>HD95，像素</translation>
    </message>
    <message>
        <source>Marked area</source>
        <translation>标出面积</translation>
    </message>
    <message>
        <source>Marked area, px</source>
        <translation>标出面积，像素</translation>
    </message>
    <message>
        <source>2 TP / (2 TP + FP + FN). Both masks empty: 1; one empty: 0.</source>
        <translation>2 TP / (2 TP + FP + FN)。两个掩码都为空：1；只有一个为空：0。</translation>
    </message>
    <message>
        <source>TP / (TP + FP + FN). Both masks empty: 1; one empty: 0.</source>
        <translation>TP / (TP + FP + FN)。两个掩码都为空：1；只有一个为空：0。</translation>
    </message>
    <message>
        <source>TP / (TP + FP): how much of the marked area is polyp. Nothing marked: 1 if nothing was there, else 0.</source>
        <translation>TP / (TP + FP)：标出的区域中有多少是息肉。未标出任何区域时：本来就没有则为 1，否则为 0。</translation>
    </message>
    <message>
        <source>TP / (TP + FN): how much of the polyp is marked. Nothing there: 1.</source>
        <translation>TP / (TP + FN)：息肉中有多少被标出。本来就没有时：1。</translation>
    </message>
    <message>
        <source>2 P R / (P + R), P and R the shares of the predicted and of the true outline that lie within 0.75 % of the picture&apos;s diagonal of the other (Csurka et al. 2013). The outline: pixels of the mask with one of their 4 neighbours outside it. Both masks empty: 1; one empty: 0.</source>
        <translation>2 P R / (P + R)，P 与 R 分别是预测轮廓和真实轮廓中距对方不超过图像对角线 0.75 % 的部分（Csurka 等，2013）。轮廓：掩码中 4 邻域内有像素在掩码外的像素。两个掩码都为空：1；只有一个为空：0。</translation>
    </message>
    <message>
        <source>95th percentile of the distances of all outline pixels to the other outline, both directions together, in pixels of the source picture (as hd95 of MedPy). Both masks empty: 0; one empty: undefined, left out and counted.</source>
        <translation>所有轮廓像素到对方轮廓距离的第 95 百分位数，两个方向合并计算，以原始图像的像素为单位（同 MedPy 的 hd95）。两个掩码都为空：0；只有一个为空：无定义，不计入平均并另行计数。</translation>
    </message>
    <message>
        <source>(TP + FP) / pixels of the picture.</source>
        <translation>(TP + FP) / 图像的像素数。</translation>
    </message>
    <message>
        <source>TP + FP, in pixels of the source picture.</source>
        <translation>TP + FP，以原始图像的像素为单位。</translation>
    </message>
    <message>
        <source>Mean over images</source>
        <translation>逐图平均</translation>
    </message>
    <message>
        <source>Pooled</source>
        <translation>合并像素</translation>
    </message>
    <message>
        <source>Upstream script</source>
        <translation>上游脚本</translation>
    </message>
    <message>
        <source>The figure of every image, then their mean. The one to quote.</source>
        <translation>先求每幅图像的数值，再取平均。引用时用这一列。</translation>
    </message>
    <message>
        <source>The figure of the pixels of all images together; large polyps weigh more.</source>
        <translation>把所有图像的像素合在一起计算；大息肉的权重更大。</translation>
    </message>
    <message>
        <source>As the script released with the method counts: pixels of all images together, background ignored, so that false positives do not count. Its IoU is the pooled recall R, its Dice 2R / (1 + R). Marking everything scores 1. Not to be quoted beside the others.</source>
        <translation>与该方法一同发布的脚本的算法：所有图像的像素合并，忽略背景，因此假阳性不计。它的 IoU 就是合并召回率 R，Dice 是 2R / (1 + R)。全部标出就得 1。不可与其他数值并列引用。</translation>
    </message>
</context>
<context>
    <name>JobTexts</name>
    <message>
        <source>images</source>
        <translation>幅图像</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>Training, epoch %1 of %2</source>
        <translation>训练，第 %1 / %2 轮次</translation>
    </message>
    <message>
        <source>Gradient pass</source>
        <translation>梯度计算</translation>
    </message>
    <message>
        <source>Leak check</source>
        <translation>泄漏检查</translation>
    </message>
    <message>
        <source>Drawing the sample pictures</source>
        <translation>正在绘制示例图像</translation>
    </message>
    <message>
        <source>%1: preparing…</source>
        <translation>%1：准备中…</translation>
    </message>
    <message>
        <source>%1: pausing after this step…</source>
        <translation>%1：此步之后暂停…</translation>
    </message>
    <message>
        <source>%1 paused</source>
        <translation>%1已暂停</translation>
    </message>
    <message>
        <source>%1: stopping…</source>
        <translation>%1：正在停止…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1已停止</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1失败</translation>
    </message>
    <message>
        <source>%1 done: %2 %3, %4</source>
        <translation>%1完成：%2 %3，%4</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1完成</translation>
    </message>
    <message>
        <source>Training: validating</source>
        <translation>训练：正在验证</translation>
    </message>
    <message>
        <source>Warming the decoder up</source>
        <translation>正在预热解码器</translation>
    </message>
    <message>
        <source>%1: pausing after step %2…</source>
        <translation>%1：将在第 %2 步后暂停…</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>pausing after step %1</source>
        <translation>将在第 %1 步后暂停</translation>
    </message>
    <message>
        <source>pausing after this step</source>
        <translation>此步之后暂停</translation>
    </message>
    <message>
        <source>Model loaded</source>
        <translation>模型已加载</translation>
    </message>
</context>
<context>
    <name>KeyTexts</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>右键拖动</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>read the values point by point</source>
        <translation>逐点读数</translation>
    </message>
    <message>
        <source>move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>zoom in, zoom out</source>
        <translation>放大、缩小</translation>
    </message>
    <message>
        <source>show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>the numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>zoom at the pointer; the wheel alone once the plot has the focus</source>
        <translation>以指针为中心缩放；图获得焦点后只用滚轮即可</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>move; with Shift zoom into a box; double click shows all</source>
        <translation>移动；按住 Shift 框选放大；双击全部显示</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>柱状图</translation>
    </message>
    <message>
        <source>read the values block by block</source>
        <translation>逐块读数</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>choose the block everywhere</source>
        <translation>在所有视图中选中该块</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>一步</translation>
    </message>
    <message>
        <source>PgUp, PgDn</source>
        <translation>PgUp、PgDn</translation>
    </message>
    <message>
        <source>a large step; K doubles or halves</source>
        <translation>一大步；K 加倍或减半</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Block tree</source>
        <translation>块树</translation>
    </message>
    <message>
        <source>former, next row</source>
        <translation>上一行、下一行</translation>
    </message>
    <message>
        <source>close, open a block</source>
        <translation>收起、展开块</translation>
    </message>
    <message>
        <source>exclude or include</source>
        <translation>排除或包含</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>from cell to cell</source>
        <translation>在单元格间移动</translation>
    </message>
    <message>
        <source>show its pictures</source>
        <translation>显示其图像</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>former, next choice</source>
        <translation>上一个、下一个选项</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Double click on a name</source>
        <translation>双击名称</translation>
    </message>
    <message>
        <source>Plots of a comparison</source>
        <translation>比较图</translation>
    </message>
    <message>
        <source>read the values one by one</source>
        <translation>逐个读取数值</translation>
    </message>
    <message>
        <source>choose the combination or block</source>
        <translation>选定组合或块</translation>
    </message>
    <message>
        <source>close the card</source>
        <translation>关闭卡片</translation>
    </message>
    <message>
        <source>List of selections</source>
        <translation>参数选择列表</translation>
    </message>
    <message>
        <source>set beside the others, or not</source>
        <translation>加入或退出比较</translation>
    </message>
    <message>
        <source>rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>阅片</translation>
    </message>
    <message>
        <source>rate; the same key again takes it back</source>
        <translation>评分；再按同一键撤回</translation>
    </message>
    <message>
        <source>write a remark; Enter ends it</source>
        <translation>写备注；按回车结束</translation>
    </message>
    <message>
        <source>Blind reading</source>
        <translation>盲法阅片</translation>
    </message>
    <message>
        <source>A, B or C is best</source>
        <translation>A、B 或 C 最好</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>没有差别</translation>
    </message>
    <message>
        <source>take the last vote back</source>
        <translation>撤回上一票</translation>
    </message>
    <message>
        <source>move the picture; the divider of a wipe by its handle</source>
        <translation>移动图像；拖动手柄可移动卷帘分界线</translation>
    </message>
    <message>
        <source>zoom in, or fit again</source>
        <translation>放大，或恢复适合窗口</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>play, or stop</source>
        <translation>播放或停止</translation>
    </message>
    <message>
        <source>List of pictures</source>
        <translation>图片列表</translation>
    </message>
    <message>
        <source>next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>former picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>brightness and contrast, as the sliders; double right click resets</source>
        <translation>亮度和对比度，与滑块相同；右键双击复位</translation>
    </message>
</context>
<context>
    <name>LeakBadge</name>
    <message>
        <source>no leak found</source>
        <translation>未发现泄漏</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>No picture stands on two sides of a split, and nothing else is known.</source>
        <translation>没有图像同时出现在两个划分中，也没有其他已知问题。</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>未发现</translation>
    </message>
</context>
<context>
    <name>PlotMenu</name>
    <message>
        <source>Save or copy this plot, or see its numbers</source>
        <translation>保存或复制此图，或查看其数值</translation>
    </message>
    <message>
        <source>Save or copy this table</source>
        <translation>保存或复制此表</translation>
    </message>
    <message>
        <source>Save picture as PNG</source>
        <translation>将图保存为 PNG</translation>
    </message>
    <message>
        <source>×%1, %2 × %3 px</source>
        <translation>×%1，%2 × %3 像素</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图像 (*.png)</translation>
    </message>
    <message>
        <source>Save picture as SVG…</source>
        <translation>将图保存为 SVG…</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>Save picture as PDF…</source>
        <translation>将图保存为 PDF…</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Save numbers as CSV…</source>
        <translation>将数值保存为 CSV…</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Save numbers as Markdown…</source>
        <translation>将数值保存为 Markdown…</translation>
    </message>
    <message>
        <source>Markdown table (*.md)</source>
        <translation>Markdown 表格 (*.md)</translation>
    </message>
    <message>
        <source>Save numbers as LaTeX…</source>
        <translation>将数值保存为 LaTeX…</translation>
    </message>
    <message>
        <source>LaTeX table (*.tex)</source>
        <translation>LaTeX 表格 (*.tex)</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>复制数值</translation>
    </message>
    <message>
        <source>Show numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>The file was not written.</source>
        <translation>文件没有写入。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions, or choose another folder.</source>
        <translation>请检查可用空间和权限，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>CSV table (*.csv);;Markdown table (*.md);;LaTeX table (*.tex)</source>
        <translation>CSV 表格 (*.csv);;Markdown 表格 (*.md);;LaTeX 表格 (*.tex)</translation>
    </message>
</context>
<context>
    <name>RunColumns</name>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Pooled Dice</source>
        <translation>合并 Dice</translation>
    </message>
    <message>
        <source>Pooled IoU</source>
        <translation>合并 IoU</translation>
    </message>
    <message>
        <source>Top-5</source>
        <translation>Top-5</translation>
    </message>
    <message>
        <source>Top-1 of the average (EMA)</source>
        <translation>平均值（EMA）的 Top-1</translation>
    </message>
    <message>
        <source>Top-5 of the average (EMA)</source>
        <translation>平均值（EMA）的 Top-5</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>%1, best epoch</source>
        <translation>%1，最佳轮次</translation>
    </message>
    <message>
        <source>%1 at the epoch of the best value; in fp32 where it was measured so</source>
        <translation>最佳值所在轮次的 %1；有 fp32 测量时用 fp32</translation>
    </message>
    <message>
        <source>%1, last epoch</source>
        <translation>%1，最后轮次</translation>
    </message>
    <message>
        <source>%1 at the last epoch, in the precision of training</source>
        <translation>最后轮次的 %1，训练精度下测量</translation>
    </message>
</context>
<context>
    <name>SaveBytes</name>
    <message>
        <source>The file was not written.</source>
        <translation>文件未能写入。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions, or choose another folder.</source>
        <translation>请检查剩余空间和权限，或另选文件夹。</translation>
    </message>
</context>
<context>
    <name>SaverWords</name>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 pictures.</source>
        <translation>已停止，完成 %1 / %2 张图像。</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>%1 of %2 pictures are saved. %3</source>
        <translation>已保存 %1 / %2 张图像。%3</translation>
    </message>
    <message>
        <source>The table of areas could not be written.</source>
        <translation>无法写入面积表。</translation>
    </message>
</context>
<context>
    <name>SchemeText</name>
    <message>
        <source>Neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>全网</translation>
    </message>
    <message>
        <source>Every neuron keeps its K best inputs, so the choice spreads over the whole network.</source>
        <translation>每个神经元保留最好的 K 个输入，因此选择遍布整个网络。</translation>
    </message>
    <message>
        <source>The best weights of every layer, wherever in it they lie; as many in all as at neuron level.</source>
        <translation>取每层中最好的权重，不论位于何处；总数与神经元层级相同。</translation>
    </message>
    <message>
        <source>The best weights of the whole network; as many in all as at neuron level.</source>
        <translation>取整个网络中最好的权重；总数与神经元层级相同。</translation>
    </message>
    <message>
        <source>Same share</source>
        <translation>相同占比</translation>
    </message>
    <message>
        <source>By its neurons</source>
        <translation>按神经元数</translation>
    </message>
    <message>
        <source>Every layer keeps the same share of its weights.</source>
        <translation>每层保留相同占比的权重。</translation>
    </message>
    <message>
        <source>Every layer keeps as many weights as at neuron level: K for each of its neurons.</source>
        <translation>每层保留的权重数与神经元层级相同：每个神经元 K 个。</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>幅值</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Shuffled gradient</source>
        <translation>打乱的梯度</translation>
    </message>
    <message>
        <source>Weight × gradient</source>
        <translation>权重 × 梯度</translation>
    </message>
    <message>
        <source>Fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>Weight × activation</source>
        <translation>权重 × 激活</translation>
    </message>
    <message>
        <source>Size of the loss gradient, summed over the training pictures.</source>
        <translation>损失梯度的大小，对训练图像求和。</translation>
    </message>
    <message>
        <source>Size of the pretrained weight; needs no pictures.</source>
        <translation>预训练权重的大小；不需要图像。</translation>
    </message>
    <message>
        <source>Drawn by the seed, for comparison; needs no pictures.</source>
        <translation>由种子随机抽取，用于对照；不需要图像。</translation>
    </message>
    <message>
        <source>The gradient of another neuron of the same layer, for comparison.</source>
        <translation>同一层另一个神经元的梯度，用于对照。</translation>
    </message>
    <message>
        <source>Size of the weight times that of its gradient.</source>
        <translation>权重大小乘以其梯度大小。</translation>
    </message>
    <message>
        <source>Sum of the squared gradients of the batches. Needs a pass of its own.</source>
        <translation>各批次梯度平方之和。需要单独计算一次。</translation>
    </message>
    <message>
        <source>Size of the weight times the mean size of its input. Needs a pass of its own.</source>
        <translation>权重大小乘以其输入的平均大小。需要单独计算一次。</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Contrastive</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>Layer by its neurons · %1</source>
        <translation>层（按神经元数）· %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>|gradient|</source>
        <translation>|梯度|</translation>
    </message>
    <message>
        <source>|weight|</source>
        <translation>|权重|</translation>
    </message>
    <message>
        <source>random number</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>|shuffled gradient|</source>
        <translation>|打乱的梯度|</translation>
    </message>
    <message>
        <source>|weight × gradient|</source>
        <translation>|权重 × 梯度|</translation>
    </message>
    <message>
        <source>gradient²</source>
        <translation>梯度²</translation>
    </message>
    <message>
        <source>|weight| × |input|</source>
        <translation>|权重| × |输入|</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>Budget: K weights for each neuron</source>
        <translation>预算：每个神经元 K 个权重</translation>
    </message>
</context>
<context>
    <name>SelectionWords</name>
    <message>
        <source>union of %1</source>
        <translation>%1 的并集</translation>
    </message>
    <message>
        <source>intersection of %1</source>
        <translation>%1 的交集</translation>
    </message>
    <message>
        <source>difference of %1</source>
        <translation>%1 的差集</translation>
    </message>
    <message>
        <source>chosen by one of %1</source>
        <translation>仅被 %1 之一选中</translation>
    </message>
    <message>
        <source>shared by two of %1</source>
        <translation>%1 中至少两个共有</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>K = %1, %2, %3</source>
        <translation>K = %1，%2，%3</translation>
    </message>
    <message>
        <source>run: %1</source>
        <translation>运行：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n weight(s)</source>
        <translation>
            <numerusform>%n 个权重</numerusform>
        </translation>
    </message>
    <message>
        <source>Model %1, weights %2</source>
        <translation>模型 %1，权重 %2</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>排除：%1</translation>
    </message>
    <message>
        <source>All, with head</source>
        <translation>全部，含分类头</translation>
    </message>
    <message>
        <source>All, decoder frozen</source>
        <translation>全部，解码器冻结</translation>
    </message>
    <message>
        <source>All, with decoder picks</source>
        <translation>全部，含解码器中所选</translation>
    </message>
    <message>
        <source>All, with decoder</source>
        <translation>全部，含解码器</translation>
    </message>
</context>
<context>
    <name>SmoothingWords</name>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Weight of what came before in the drawn line; at 0 the values as they are. The raw line stays, faint.</source>
        <translation>所画曲线中先前数值的权重；为 0 时显示原值。原始曲线淡色保留。</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>GPS, %1</source>
        <translation>GPS，%1</translation>
    </message>
    <message>
        <source>GPS %1 %</source>
        <translation>GPS %1 %</translation>
    </message>
    <message>
        <source>GPS K=%1</source>
        <translation>GPS K=%1</translation>
    </message>
    <message>
        <source>full fine-tuning</source>
        <translation>全量微调</translation>
    </message>
    <message>
        <source>decoder only</source>
        <translation>仅解码器</translation>
    </message>
    <message>
        <source>head only</source>
        <translation>仅分类头</translation>
    </message>
    <message>
        <source>biases only</source>
        <translation>仅偏置</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>%1 · now</source>
        <translation>%1 · 此刻</translation>
    </message>
    <message>
        <source>%1 · version %2</source>
        <translation>%1 · 版本 %2</translation>
    </message>
    <message>
        <source>GPS</source>
        <translation>GPS</translation>
    </message>
</context>
<context>
    <name>TrainFormTexts</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>decoder only</source>
        <translation>仅解码器</translation>
    </message>
    <message>
        <source>biases only</source>
        <translation>仅偏置</translation>
    </message>
    <message>
        <source>Which part of the model learns.</source>
        <translation>模型的哪一部分参与学习。</translation>
    </message>
    <message>
        <source>Mask decoder</source>
        <translation>掩码解码器</translation>
    </message>
    <message>
        <source>trains</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>How often every training picture is seen.</source>
        <translation>每幅训练图像被看到的次数。</translation>
    </message>
    <message>
        <source>Pictures per step</source>
        <translation>每步图像数</translation>
    </message>
    <message>
        <source>More is smoother and needs more memory; 0 takes the model&apos;s default.</source>
        <translation>越多越平滑，内存需求也越大；0 使用模型默认值。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of the first steps.</source>
        <translation>最初步长。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>warm-up, cosine</source>
        <translation>预热 + 余弦</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>How the learning rate falls over the epochs.</source>
        <translation>学习率如何随轮次下降。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>How gradients become steps.</source>
        <translation>梯度如何变为更新。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls trained values towards zero.</source>
        <translation>将训练值拉向零。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Changes of the training pictures from epoch to epoch.</source>
        <translation>训练图像在各轮次之间的变化。</translation>
    </message>
    <message>
        <source>Training pictures</source>
        <translation>训练图像数</translation>
    </message>
    <message>
        <source>Use only so many; 0 uses all.</source>
        <translation>只用这么多；0 表示全部。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed gives the same run.</source>
        <translation>相同的种子得到相同的运行。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Where the model computes; automatic takes a graphics card when one is usable.</source>
        <translation>模型在何处计算；自动模式在显卡可用时使用显卡。</translation>
    </message>
    <message>
        <source>Epochs of the decoder alone, cheap and before the first; useful when it never saw such pictures.</source>
        <translation>只训练解码器的轮次，开销小，排在第一个轮次之前；适合从未见过此类图像的解码器。</translation>
    </message>
    <message>
        <source>Decoder warm-up</source>
        <translation>解码器预热</translation>
    </message>
    <message>
        <source>head only</source>
        <translation>仅分类头</translation>
    </message>
    <message>
        <source>Train on validation</source>
        <translation>验证集也训练</translation>
    </message>
    <message>
        <source>Trains on the training and validation splits together and scores on the test split, as the paper does.</source>
        <translation>与论文一样，用训练集和验证集一起训练，在测试集上评分。</translation>
    </message>
    <message>
        <source>Drop-path</source>
        <translation>随机深度</translation>
    </message>
    <message>
        <source>Chance that the last block is skipped for a picture; earlier blocks less often.</source>
        <translation>对一幅图像跳过最后一个块的概率；越靠前的块概率越小。</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup</translation>
    </message>
    <message>
        <source>Blends pairs of pictures and their classes; the alpha of its Beta distribution, 0 is off.</source>
        <translation>将成对的图像及其类别混合；此值为 Beta 分布的 alpha，0 表示关闭。</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>Pastes a piece of another picture; alpha, 0 is off. With mixup each step takes one of them.</source>
        <translation>贴入另一幅图像的一块；此值为 alpha，0 表示关闭。与 mixup 同时使用时每步取其一。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of the target that goes to all classes alike.</source>
        <translation>目标中平均分给所有类别的比例。</translation>
    </message>
    <message>
        <source>EMA decay</source>
        <translation>EMA 衰减</translation>
    </message>
    <message>
        <source>Averages the trained values over the steps and scores the average too; 0 is off, 0.9998 is usual.</source>
        <translation>对训练值按步取滑动平均，并对平均值也评分；0 表示关闭，常用 0.9998。</translation>
    </message>
    <message>
        <source>FGVC: crops</source>
        <translation>FGVC：裁剪</translation>
    </message>
    <message>
        <source>VTAB: squash</source>
        <translation>VTAB：压缩</translation>
    </message>
    <message>
        <source>How the training pictures change from epoch to epoch: FGVC crops and mirrors at random; VTAB squashes every picture to the square and changes nothing.</source>
        <translation>训练图像在各轮次间的变化：FGVC 随机裁剪并镜像；VTAB 将每幅图像压缩为正方形，此外不作改变。</translation>
    </message>
    <message>
        <source>Inputs kept, K</source>
        <translation>保留的输入数 K</translation>
    </message>
    <message>
        <source>Per neuron; as on the Selection page, of which this run takes the scheme, too.</source>
        <translation>每个神经元；与参数选择页相同，运行也采用那里的方案。</translation>
    </message>
    <message>
        <source>Selection file</source>
        <translation>参数选择文件</translation>
    </message>
    <message>
        <source>Trains the weights named there; empty: selects as the Selection page says.</source>
        <translation>训练其中指定的权重；留空：按参数选择页进行选择。</translation>
    </message>
    <message>
        <source>selected, too</source>
        <translation>同样选择</translation>
    </message>
    <message>
        <source>Whether the mask decoder learns beside the selected weights: whole, not at all, or what is selected in it.</source>
        <translation>掩码解码器是否随所选权重一起学习：整体、不学习，或只学习其中选中的部分。</translation>
    </message>
    <message>
        <source>Warm-up rate</source>
        <translation>预热学习率</translation>
    </message>
    <message>
        <source>Learning rate of the warm-up.</source>
        <translation>预热的学习率。</translation>
    </message>
    <message>
        <source>Smallest rate</source>
        <translation>最小学习率</translation>
    </message>
    <message>
        <source>Where the cosine ends.</source>
        <translation>余弦调度的终点。</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest norm of the gradient of all trained values; 0 does not clip.</source>
        <translation>所有训练值的梯度范数上限；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Layer decay</source>
        <translation>逐层衰减</translation>
    </message>
    <message>
        <source>Factor of the learning rate from each block to the one before it.</source>
        <translation>学习率从每个模块到前一模块的系数。</translation>
    </message>
    <message>
        <source>Scored pictures</source>
        <translation>评分图像数</translation>
    </message>
    <message>
        <source>Score only so many after an epoch; 0 scores all.</source>
        <translation>每个轮次之后只为这么多图像评分；0 表示全部。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Of the products in the network; sums and the optimiser stay fp32.</source>
        <translation>网络中乘法的精度；求和与优化器保持 fp32。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Of the CPU; 0 leaves one core to the window.</source>
        <translation>CPU 线程数；0 表示给窗口留一个核心。</translation>
    </message>
    <message>
        <source>Recompute</source>
        <translation>重算</translation>
    </message>
    <message>
        <source>Keeps only what enters each block and computes the rest again: slower, less memory.</source>
        <translation>只保存各模块的输入，其余重新计算：更慢，更省内存。</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>sparse</source>
        <translation>稀疏</translation>
    </message>
    <message>
        <source>dense, then masked</source>
        <translation>稠密后掩码</translation>
    </message>
    <message>
        <source>How gradients are made; dense is the reference that sparse is compared with.</source>
        <translation>梯度的计算方式；稠密是与稀疏对照的参考。</translation>
    </message>
    <message>
        <source>Backward path</source>
        <translation>反向路径</translation>
    </message>
    <message>
        <source>entry by entry</source>
        <translation>逐个元素</translation>
    </message>
    <message>
        <source>columns in use</source>
        <translation>用到的列</translation>
    </message>
    <message>
        <source>How sparse gradients are computed; automatic takes the faster way of each layer.</source>
        <translation>稀疏梯度的计算方式；自动为每层选择较快的一种。</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步执行</translation>
    </message>
    <message>
        <source>On a graphics card, without a recorded graph.</source>
        <translation>在显卡上，不使用录制的计算图。</translation>
    </message>
    <message>
        <source>Not repeatable</source>
        <translation>不可复现</translation>
    </message>
    <message>
        <source>Gives up bit-for-bit repeatability for speed; the run records it.</source>
        <translation>为速度放弃逐位可复现；运行会记录这一点。</translation>
    </message>
    <message>
        <source>Selected share</source>
        <translation>选择比例</translation>
    </message>
    <message>
        <source>Of all weights that can be selected, from 0 to 1; K then follows from it. 0: K decides.</source>
        <translation>占所有可选权重的比例，0 到 1；K 由它得出。0：由 K 决定。</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>last layer</source>
        <translation>仅最后一层</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>个输入</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>张</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>个线程</translation>
    </message>
</context>
<context>
    <name>VideoWords</name>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 frames.</source>
        <translation>已停止，完成 %1 / %2 帧。</translation>
    </message>
    <message>
        <source>The video could not be read to its end: %1 of %2 frames are saved.</source>
        <translation>视频无法读到结尾：已保存 %1 / %2 帧。</translation>
    </message>
    <message>
        <source>%1 of %2 frames are saved. %3</source>
        <translation>已保存 %1 / %2 帧。%3</translation>
    </message>
    <message>
        <source>The next one cannot be read.</source>
        <translation>下一帧无法读取。</translation>
    </message>
    <message>
        <source>The table of areas could not be written.</source>
        <translation>无法写入面积表。</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
</context>
<context>
    <name>casekeys</name>
    <message>
        <source>Next case</source>
        <translation>下一个病例</translation>
    </message>
    <message>
        <source>Former case</source>
        <translation>上一个病例</translation>
    </message>
    <message>
        <source>First case</source>
        <translation>第一个病例</translation>
    </message>
    <message>
        <source>Last case</source>
        <translation>最后一个病例</translation>
    </message>
    <message>
        <source>Go to a case</source>
        <translation>转到某个病例</translation>
    </message>
    <message>
        <source>Gallery or picture</source>
        <translation>图库或单幅图像</translation>
    </message>
    <message>
        <source>Hide the overlay while held</source>
        <translation>按住时隐藏叠加</translation>
    </message>
    <message>
        <source>The other prediction while held</source>
        <translation>按住时显示另一个预测</translation>
    </message>
    <message>
        <source>Contour only</source>
        <translation>仅轮廓</translation>
    </message>
    <message>
        <source>Next way to compare</source>
        <translation>下一种比较方式</translation>
    </message>
    <message>
        <source>Error map</source>
        <translation>误差图</translation>
    </message>
    <message>
        <source>Fainter overlay</source>
        <translation>叠加变淡</translation>
    </message>
    <message>
        <source>Stronger overlay</source>
        <translation>叠加变浓</translation>
    </message>
    <message>
        <source>Fainter overlay, finely</source>
        <translation>叠加略微变淡</translation>
    </message>
    <message>
        <source>Stronger overlay, finely</source>
        <translation>叠加略微变浓</translation>
    </message>
    <message>
        <source>Lower threshold</source>
        <translation>降低阈值</translation>
    </message>
    <message>
        <source>Higher threshold</source>
        <translation>提高阈值</translation>
    </message>
    <message>
        <source>Lower threshold, finely</source>
        <translation>略微降低阈值</translation>
    </message>
    <message>
        <source>Higher threshold, finely</source>
        <translation>略微提高阈值</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Picture at 100 %</source>
        <translation>图像 100 %</translation>
    </message>
    <message>
        <source>Divider to the left</source>
        <translation>分界线左移</translation>
    </message>
    <message>
        <source>Divider to the right</source>
        <translation>分界线右移</translation>
    </message>
    <message>
        <source>Reset brightness and contrast</source>
        <translation>重置亮度和对比度</translation>
    </message>
    <message>
        <source>%1 hides · %2 / %3 other case · %4 compare · %5 errors · ? all keys</source>
        <translation>%1 隐藏 · %2 / %3 切换病例 · %4 比较 · %5 误差 · ? 全部按键</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Former picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Former frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>First picture</source>
        <translation>第一张图片</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>Last picture</source>
        <translation>最后一张图片</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Go to a picture</source>
        <translation>转到某张图片</translation>
    </message>
    <message>
        <source>Type the number of a frame</source>
        <translation>输入帧号</translation>
    </message>
    <message>
        <source>New picture at 100 %</source>
        <translation>新图片以 100 % 显示</translation>
    </message>
    <message>
        <source>Brighter picture</source>
        <translation>图片更亮</translation>
    </message>
    <message>
        <source>Darker picture</source>
        <translation>图片更暗</translation>
    </message>
    <message>
        <source>More contrast: narrower window</source>
        <translation>对比度更高：窗宽更窄</translation>
    </message>
    <message>
        <source>Less contrast: wider window</source>
        <translation>对比度更低：窗宽更宽</translation>
    </message>
</context>
<context>
    <name>gps::app::BlindOutcome</name>
    <message>
        <source>Unblind</source>
        <translation>揭盲</translation>
    </message>
    <message>
        <source>Look at the last image again</source>
        <translation>再看最后一幅图像</translation>
    </message>
    <message>
        <source>Every two methods</source>
        <translation>方法两两比较</translation>
    </message>
    <message>
        <source>Which was better?</source>
        <translation>哪一种更好？</translation>
    </message>
    <message>
        <source>All images are read</source>
        <translation>所有图像都已阅完</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) read. Once unblinded, the votes cannot be changed.</source>
        <translation>
            <numerusform>已阅 %n 幅图像。揭盲后不能再改动投票。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was preferred to %2: in %3 of %4 images where the vote was for either.</source>
        <translation>%1 优于 %2：在投给两者之一的 %4 幅图像中，有 %3 幅选了前者。</translation>
    </message>
    <message>
        <source>No method was preferred beyond what chance explains.</source>
        <translation>没有哪种方法的优势超出偶然所能解释的范围。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>no difference: %1</source>
        <translation>没有差别：%1</translation>
    </message>
    <message>
        <source>First</source>
        <translation>前者</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>后者</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>票数</translation>
    </message>
    <message>
        <source>For the first</source>
        <translation>投给前者</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>p, adjusted</source>
        <translation>p，校正后</translation>
    </message>
    <message>
        <source>Every image</source>
        <translation>每张图像</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Vote</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>无差异</translation>
    </message>
    <message>
        <source>Two-sided sign test, exact binomial against one half. Votes for no difference, or for a third method, leave the test. Interval of the share: Clopper-Pearson. p adjusted over all pairs: Holm. Seed %1. Shown at threshold %2.</source>
        <translation>双侧符号检验，以二分之一为零假设的精确二项检验。投“没有差别”或投给第三种方法的票不参与检验。比例的区间：Clopper-Pearson。p 按所有配对校正：Holm。随机种子 %1。显示阈值 %2。</translation>
    </message>
</context>
<context>
    <name>gps::app::BlindPage</name>
    <message>
        <source>Votes as CSV…</source>
        <translation>投票存为 CSV…</translation>
    </message>
    <message>
        <source>Save reading</source>
        <translation>保存阅片结果</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Reading as JSON…</source>
        <translation>阅片存为 JSON…</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Blind reading</source>
        <translation>盲法阅片</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>The reading is kept and goes on where it was left.</source>
        <translation>阅片会保留，下次从离开处继续。</translation>
    </message>
    <message>
        <source>Begin reading</source>
        <translation>开始阅片</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>A reading needs pictures. Open a folder of pictures first.</source>
        <translation>阅片需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往“模型”</translation>
    </message>
    <message>
        <source>A prediction could not be made. Leave, and look at the runs in Cases.</source>
        <translation>有一个预测无法得出。请离开，并在“病例”中查看各次运行。</translation>
    </message>
    <message>
        <source>Goes on when the present job has ended.</source>
        <translation>当前任务结束后继续。</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>A reading needs a model. Choose one first.</source>
        <translation>盲法阅片需要模型。请先选择一个。</translation>
    </message>
    <message>
        <source>Your votes are not on the disk.</source>
        <translation>您的投票没有存到磁盘。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions.</source>
        <translation>请检查剩余空间和权限。</translation>
    </message>
    <message>
        <source>Begin or open a blind reading first.</source>
        <translation>请先开始或打开一次盲读。</translation>
    </message>
</context>
<context>
    <name>gps::app::BlindPanes</name>
    <message>
        <source>Wait until all are on screen.</source>
        <translation>请等到全部显示出来。</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>按键 %1</translation>
    </message>
    <message>
        <source>This is the first image.</source>
        <translation>这是第一幅图像。</translation>
    </message>
    <message>
        <source>Takes the last vote back. Key Backspace</source>
        <translation>撤回上一票。按键 Backspace</translation>
    </message>
    <message>
        <source>%1 is best</source>
        <translation>%1 最好</translation>
    </message>
    <message>
        <source>Method %1</source>
        <translation>方法 %1</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>没有差别</translation>
    </message>
    <message>
        <source>Back one</source>
        <translation>退回一幅</translation>
    </message>
    <message>
        <source>Image %1 of %2 · threshold %3</source>
        <translation>第 %1 张，共 %2 张 · 阈值 %3</translation>
    </message>
    <message>
        <source>Keys 1, 2, 3 choose · 0 no difference · Backspace takes back · %1 hides</source>
        <translation>按 1、2、3 选择 · 0 没有差别 · Backspace 撤回 · %1 隐藏</translation>
    </message>
    <message>
        <source>Keys 1, 2 choose · 0 no difference · Backspace takes back · %1 hides</source>
        <translation>按 1、2 选择 · 0 没有差别 · Backspace 撤回 · %1 隐藏</translation>
    </message>
</context>
<context>
    <name>gps::app::BlindSetup</name>
    <message>
        <source>Choose a reading above.</source>
        <translation>请在上方选择一次阅片。</translation>
    </message>
    <message>
        <source>There is only one method yet: train a run, or open a project that has one.</source>
        <translation>目前只有一种方法：请先训练一次，或打开已有运行的项目。</translation>
    </message>
    <message>
        <source>Tick two or three methods.</source>
        <translation>请勾选两种或三种方法。</translation>
    </message>
    <message>
        <source>Tick three methods at most.</source>
        <translation>最多勾选三种方法。</translation>
    </message>
    <message>
        <source>Write down who reads.</source>
        <translation>请写下阅片者。</translation>
    </message>
    <message>
        <source>The pictures hold no validation split.</source>
        <translation>图像中没有验证集。</translation>
    </message>
    <message>
        <source>unblinded</source>
        <translation>已揭盲</translation>
    </message>
    <message>
        <source>all read, not yet unblinded</source>
        <translation>已全部阅完，尚未揭盲</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已阅 %1 / %2</translation>
    </message>
    <message>
        <source>Which is better, unseen?</source>
        <translation>不知来源时，哪一种更好？</translation>
    </message>
    <message>
        <source>Two or three methods stand side by side, hidden and in another order for every image. You say which is best; only when all images are read do you learn which was which.</source>
        <translation>两种或三种方法并排显示，隐去名称，每幅图像的顺序都不同。您选出最好的；全部阅完后才会知道哪个是哪个。</translation>
    </message>
    <message>
        <source>Methods, two or three</source>
        <translation>方法，两种或三种</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <source>Images to read</source>
        <translation>要阅的图像</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> / %1</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Decides the order of images and methods. The same seed gives the same order.</source>
        <translation>决定图像和方法的顺序。同一种子给出同一顺序。</translation>
    </message>
    <message>
        <source>Readings so far</source>
        <translation>已有的阅片</translation>
    </message>
    <message>
        <source>None yet. A reading that was left is found here again.</source>
        <translation>还没有。中途离开的阅片会列在这里。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>gps::app::CaseExport</name>
    <message>
        <source>An export is under way.</source>
        <translation>正在导出。</translation>
    </message>
    <message>
        <source>Choose a picture first.</source>
        <translation>请先选择一张图像。</translation>
    </message>
    <message>
        <source>Choose what to write.</source>
        <translation>请选择要写入的内容。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
</context>
<context>
    <name>gps::app::CasesPage</name>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Score all</source>
        <translation>全部评分</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>最差的在前</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>当前图像</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往模型</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>%1, computing…</source>
        <translation>%1，计算中…</translation>
    </message>
    <message numerus="yes">
        <source>All %n image(s)</source>
        <translation>
            <numerusform>全部 %n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>All images</source>
        <translation>全部图像</translation>
    </message>
    <message>
        <source>Being scored…</source>
        <translation>正在评分…</translation>
    </message>
    <message>
        <source>Not scored yet.</source>
        <translation>尚未评分。</translation>
    </message>
    <message>
        <source>mDice %1 · mIoU %2</source>
        <translation>mDice %1 · mIoU %2</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>Scoring is under way.</source>
        <translation>正在评分。</translation>
    </message>
    <message>
        <source>Choose a picture first.</source>
        <translation>请先选择一幅图像。</translation>
    </message>
    <message>
        <source>Cases need pictures. Open a folder of pictures first.</source>
        <translation>查看病例需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Blind reading</source>
        <translation>盲法阅片</translation>
    </message>
    <message>
        <source>polyp area %1</source>
        <translation>息肉面积 %1</translation>
    </message>
    <message>
        <source>Dice 95 %: %1</source>
        <translation>Dice 95 %：%1</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>之前 %1</translation>
    </message>
    <message>
        <source>mean over images</source>
        <translation>逐图平均</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>What stands beside the list</source>
        <translation>列表旁显示的内容</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By remark</source>
        <translation>按备注</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>最小优先</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大优先</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>最佳优先</translation>
    </message>
    <message>
        <source>Change against: %1</source>
        <translation>相对变化：%1</translation>
    </message>
    <message>
        <source>at threshold %1</source>
        <translation>阈值 %1</translation>
    </message>
    <message>
        <source>Mean over pictures at threshold %1, source size. Interval: bootstrap over images; see Numbers.</source>
        <translation>阈值 %1、原始尺寸下各图像的均值。区间：对图像自助抽样；见“数值”。</translation>
    </message>
    <message>
        <source>Open pictures and choose weights first.</source>
        <translation>请先打开图像并选择权重。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>New pictures…</source>
        <translation>新图像…</translation>
    </message>
    <message>
        <source>Look at a folder of pictures without masks.</source>
        <translation>查看没有掩码的图像文件夹。</translation>
    </message>
    <message>
        <source>Cases need a model. Choose one first.</source>
        <translation>病例需要模型。请先选择一个。</translation>
    </message>
    <message>
        <source>%1 is known at threshold %2 only</source>
        <translation>%1 仅在阈值 %2 下已知</translation>
    </message>
    <message>
        <source>%1 is not known yet</source>
        <translation>%1 尚未得知</translation>
    </message>
    <message>
        <source>Wait until the picture is read.</source>
        <translation>请等待图像读取完毕。</translation>
    </message>
    <message>
        <source>This picture cannot be read.</source>
        <translation>无法读取这张图像。</translation>
    </message>
</context>
<context>
    <name>gps::app::ClassCasesPage</name>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Score all</source>
        <translation>全部评分</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>最差的在前</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Wrong only</source>
        <translation>仅错误</translation>
    </message>
    <message>
        <source>Which class is taken for which?</source>
        <translation>哪一类被当成了哪一类？</translation>
    </message>
    <message>
        <source>Zoom in (+ or Ctrl and the wheel)</source>
        <translation>放大（+ 键，或 Ctrl 加滚轮）</translation>
    </message>
    <message>
        <source>All classes (F)</source>
        <translation>全部类别（F）</translation>
    </message>
    <message>
        <source>Per class</source>
        <translation>各类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Scored pictures of the class</source>
        <translation>该类别中已评分的图像</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Pictures whose likeliest class is the true one</source>
        <translation>最可能的类别就是真实类别的图像</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Right of all pictures of the class</source>
        <translation>该类别全部图像中正确的比例</translation>
    </message>
    <message>
        <source>How many are right?</source>
        <translation>有多少是正确的？</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>当前图像</translation>
    </message>
    <message>
        <source>Choose a picture at the left.</source>
        <translation>请在左侧选择一幅图像。</translation>
    </message>
    <message>
        <source>Cases need pictures. Open a folder of pictures first.</source>
        <translation>查看病例需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Cases need a model. Choose pretrained weights first.</source>
        <translation>查看病例需要模型。请先选择预训练权重。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往模型</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Only pictures of the class %1. Click to show all.</source>
        <translation>只显示类别 %1 的图像。点击显示全部。</translation>
    </message>
    <message>
        <source>Only this cell of the matrix. Click to show all.</source>
        <translation>只显示矩阵的这一格。点击显示全部。</translation>
    </message>
    <message>
        <source>→ %1, %2</source>
        <translation>→ %1，%2</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>识别正确</translation>
    </message>
    <message>
        <source>Misclassified</source>
        <translation>误分类</translation>
    </message>
    <message>
        <source>Known once the pictures are scored.</source>
        <translation>图像评分之后可知。</translation>
    </message>
    <message>
        <source>No picture of this choice is misclassified.</source>
        <translation>所选范围内没有误分类的图像。</translation>
    </message>
    <message>
        <source>No picture is misclassified.</source>
        <translation>没有误分类的图像。</translation>
    </message>
    <message>
        <source>Being scored…</source>
        <translation>正在评分…</translation>
    </message>
    <message numerus="yes">
        <source>top-1 of %n picture(s), %1</source>
        <translation>
            <numerusform>%n 幅图像的 top-1，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Not scored yet.</source>
        <translation>尚未评分。</translation>
    </message>
    <message>
        <source>Top-1</source>
        <translation>Top-1</translation>
    </message>
    <message>
        <source>Top-5</source>
        <translation>Top-5</translation>
    </message>
    <message>
        <source>Mean class accuracy</source>
        <translation>平均类别准确率</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>its probability</source>
        <translation>其概率</translation>
    </message>
    <message>
        <source>of the true class</source>
        <translation>真实类别的概率</translation>
    </message>
    <message>
        <source>Probability that the model gives to the true class.</source>
        <translation>模型给予真实类别的概率。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Scoring is under way.</source>
        <translation>正在评分。</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>How well is each class recognised?</source>
        <translation>每个类别识别得如何？</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>gps::app::CombineForm</name>
    <message>
        <source>Which</source>
        <translation>哪一个</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Which weights the new selection takes</source>
        <translation>新选择取哪些权重</translation>
    </message>
    <message>
        <source>The selection whose own weights are taken</source>
        <translation>取其独有权重的参数选择</translation>
    </message>
    <message>
        <source>At least so many selections</source>
        <translation>至少这么多个参数选择</translation>
    </message>
    <message>
        <source>Name of the new selection</source>
        <translation>新选择的名称</translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation>%1 个权重</translation>
    </message>
    <message>
        <source>%1 of the %2 that any of them chose</source>
        <translation>占任一选中的 %2 个权重的 %1</translation>
    </message>
    <message>
        <source>Tick two or more selections first.</source>
        <translation>请先勾选两个或更多参数选择。</translation>
    </message>
    <message>
        <source>Click a combination in the picture first.</source>
        <translation>请先在图中点击一个组合。</translation>
    </message>
    <message>
        <source>No weight is left: nothing would train.</source>
        <translation>没有剩下任何权重：无可训练。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Save as new selection</source>
        <translation>保存为新的选择</translation>
    </message>
    <message>
        <source>The selection is being written.</source>
        <translation>正在写入该选择。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>取</translation>
    </message>
    <message>
        <source>all chose (intersection)</source>
        <translation>全部选中的（交集）</translation>
    </message>
    <message>
        <source>any chose (union)</source>
        <translation>任一选中的（并集）</translation>
    </message>
    <message>
        <source>one alone (difference)</source>
        <translation>某一个独有的（差集）</translation>
    </message>
    <message>
        <source>exactly one chose</source>
        <translation>恰被一个选中的</translation>
    </message>
    <message>
        <source>at least so many chose</source>
        <translation>至少若干个选中的</translation>
    </message>
    <message>
        <source>the marked combination</source>
        <translation>图中选定的组合</translation>
    </message>
</context>
<context>
    <name>gps::app::CompareBar</name>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Add a prediction to compare with</source>
        <translation>添加一个用于比较的预测</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the predictions</source>
        <translation>取消预测</translation>
    </message>
    <message>
        <source>and</source>
        <translation>以及</translation>
    </message>
    <message>
        <source>Add a prediction to compare with; up to four stand side by side.</source>
        <translation>添加一个用于比较的预测；最多四个并排。</translation>
    </message>
    <message numerus="yes">
        <source>Computing, %n left</source>
        <translation>
            <numerusform>正在计算，还剩 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no other run or version.</source>
        <translation>没有其他运行或版本。</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <translation>详细信息：%1</translation>
    </message>
</context>
<context>
    <name>gps::app::ComparePage</name>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Add from file…</source>
        <translation>从文件添加…</translation>
    </message>
    <message>
        <source>A selection, a delta or the base file of a run, made elsewhere; it is copied into the project.</source>
        <translation>别处得到的参数选择、增量或运行的基准文件；会复制到本项目中。</translation>
    </message>
    <message>
        <source>Train with this selection</source>
        <translation>用此选择训练</translation>
    </message>
    <message>
        <source>Selections</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>重命名 (F2)</translation>
    </message>
    <message>
        <source>Move to the trash (Del)</source>
        <translation>移到回收站 (Del)</translation>
    </message>
    <message>
        <source>Which selections chose the same weights?</source>
        <translation>哪些选择选中了相同的权重？</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Shared per block</source>
        <translation>各块的共享</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Matrix type</source>
        <translation>矩阵类型</translation>
    </message>
    <message>
        <source>Chosen how often?</source>
        <translation>被选中几次？</translation>
    </message>
    <message>
        <source>How alike are they?</source>
        <translation>它们有多相似？</translation>
    </message>
    <message>
        <source>Make a new selection</source>
        <translation>生成新的选择</translation>
    </message>
    <message>
        <source>block</source>
        <translation>块</translation>
    </message>
    <message>
        <source>A comparison needs two selections made on the same weights. Open pictures and choose weights first.</source>
        <translation>比较需要在同一权重上得到的两个参数选择。请先打开图片并选择权重。</translation>
    </message>
    <message>
        <source>A comparison needs two selections made on the same weights. Save the one of the Selection page, train a run, or add files.</source>
        <translation>比较需要在同一权重上得到的两个参数选择。请保存“参数选择”页上的选择、训练一次运行，或添加文件。</translation>
    </message>
    <message>
        <source>Go to Selection</source>
        <translation>前往“参数选择”</translation>
    </message>
    <message>
        <source>Add selections from files…</source>
        <translation>从文件添加参数选择…</translation>
    </message>
    <message>
        <source>Open pictures first.</source>
        <translation>请先打开图片。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Choose a selection in the list at the left.</source>
        <translation>请在左侧列表中选一个参数选择。</translation>
    </message>
    <message>
        <source>Choose weights first.</source>
        <translation>请先选择权重。</translation>
    </message>
    <message>
        <source>The next run trains the %1 weights of %2.</source>
        <translation>下一次运行训练 %2 的 %1 个权重。</translation>
    </message>
    <message>
        <source>Reading the selections…</source>
        <translation>正在读取参数选择…</translation>
    </message>
    <message>
        <source>Tick two or more selections at the left.</source>
        <translation>请在左侧勾选两个或更多参数选择。</translation>
    </message>
    <message>
        <source>all types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Shared with another</source>
        <translation>与其他共享</translation>
    </message>
    <message>
        <source>Mean over the selections: the share of its weights that one of the others chose too.</source>
        <translation>各选择的均值：其权重中也被另一个选择选中的占比。</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>Shared by all</source>
        <translation>全部共享</translation>
    </message>
    <message>
        <source>Mean over the selections: the share of its weights that all of the others chose too.</source>
        <translation>各选择的均值：其权重中也被其余全部选择选中的占比。</translation>
    </message>
    <message>
        <source>Specific</source>
        <translation>任务特有</translation>
    </message>
    <message>
        <source>Mean over the selections: the share of its weights that none of the others chose.</source>
        <translation>各选择的均值：其权重中未被其他任何选择选中的占比。</translation>
    </message>
    <message>
        <source>Chance: each choosing as many inputs of every neuron, at random.</source>
        <translation>随机水平：各选择在每个神经元随机选取同样多的输入。</translation>
    </message>
    <message>
        <source>Chance: each choosing as many entries of every matrix, at random.</source>
        <translation>随机水平：各选择在每个矩阵随机选取同样多的元素。</translation>
    </message>
    <message>
        <source>Add a selection</source>
        <translation>添加参数选择</translation>
    </message>
    <message>
        <source>Selections, deltas and base files of runs (*.safetensors)</source>
        <translation>参数选择、增量与运行的基准文件 (*.safetensors)</translation>
    </message>
    <message>
        <source>Rename selection</source>
        <translation>重命名参数选择</translation>
    </message>
    <message>
        <source>New name of %1</source>
        <translation>%1 的新名称</translation>
    </message>
    <message>
        <source>The selection keeps its name.</source>
        <translation>名称未更改。</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move the selection %1 to the trash?</source>
        <translation>将参数选择 %1 移到回收站？</translation>
    </message>
    <message>
        <source>Runs that were trained with it keep theirs.</source>
        <translation>用它训练过的运行仍保有各自的一份。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Copy into the project&apos;s selections</source>
        <translation>复制到本项目的参数选择中</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move to the trash…</source>
        <translation>移到回收站…</translation>
    </message>
</context>
<context>
    <name>gps::app::CostPanel</name>
    <message>
        <source>What will it cost?</source>
        <translation>代价如何？</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message numerus="yes">
        <source>A step of %n picture(s)</source>
        <translation>
            <numerusform>每步 %n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Measured: the median of %1 ms</source>
        <translation>实测：%1 毫秒的中位数</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n 个轮次</numerusform>
        </translation>
    </message>
    <message>
        <source>Estimated from the above, without a warm-up of the decoder.</source>
        <translation>由以上各项估计，不含解码器预热。</translation>
    </message>
    <message>
        <source>Written to the disk</source>
        <translation>写入磁盘</translation>
    </message>
    <message>
        <source>Counted: %1 once, %2 an epoch, %3 to go on from; headers are a little more.</source>
        <translation>计算得出：一次性 %1，每个轮次 %2，续训状态 %3；文件头另占少许。</translation>
    </message>
    <message>
        <source>free there</source>
        <translation>该处可用</translation>
    </message>
    <message>
        <source>Memory, peak</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>Measured during the steps.</source>
        <translation>在训练步中实测。</translation>
    </message>
    <message>
        <source>Measured; what came before the steps is counted, too.</source>
        <translation>实测；也计入训练步之前的占用。</translation>
    </message>
    <message>
        <source>with all weights, about</source>
        <translation>训练全部权重，约</translation>
    </message>
    <message>
        <source>Estimated: the same with value, gradient and two moments of all %1 weights (%2) in place of %3 (%4).</source>
        <translation>估计：同样的训练，但保存全部 %1 个权重的值、梯度和两个动量（%2），而不是 %3 个（%4）。</translation>
    </message>
    <message>
        <source>card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Measured on %1 in %2; ≈ is estimated.</source>
        <translation>在 %1 上以 %2 测得；≈ 为估计值。</translation>
    </message>
    <message>
        <source>Random weights stood for the selection, which is not made yet.</source>
        <translation>参数尚未选择，以随机权重代替。</translation>
    </message>
    <message>
        <source>The settings have changed since.</source>
        <translation>此后设置已更改。</translation>
    </message>
    <message>
        <source>Trains a few steps on noise, loads a few batches and takes nothing over.</source>
        <translation>用噪声训练几步并加载几批图像，不保留任何结果。</translation>
    </message>
    <message>
        <source>Measured before it begins: time, memory and disk, from a few steps on noise and a few batches of pictures.</source>
        <translation>开始之前测量：由几步噪声训练和几批图像得出时间、内存和磁盘用量。</translation>
    </message>
    <message>
        <source>loading them</source>
        <translation>加载图像</translation>
    </message>
    <message numerus="yes">
        <source>Measured over %n batch(es): decoded from their files and augmented. A disk that has not been read lately is slower.</source>
        <translation>
            <numerusform>在 %n 批上测得：从文件解码并增强。近期未读取过的磁盘会更慢。</numerusform>
        </translation>
    </message>
    <message>
        <source>again, from memory</source>
        <translation>再次加载（内存）</translation>
    </message>
    <message>
        <source>Measured: only augmented. Memory keeps %1 of the pictures between epochs.</source>
        <translation>实测：仅做增强。轮次之间内存保留 %1 的图像。</translation>
    </message>
    <message>
        <source>Estimated: %1 steps while the pictures load, the slower of both counts; and %2 pictures scored at %3 s for %4.</source>
        <translation>估计：%1 步与图像加载同时进行，以较慢者计；另按每 %4 幅 %3 秒为 %2 幅图像评分。</translation>
    </message>
    <message>
        <source>Estimated: %1 steps and their loading; and %2 pictures scored at %3 s for %4.</source>
        <translation>估计：%1 步及其图像加载；另按每 %4 幅 %3 秒为 %2 幅图像评分。</translation>
    </message>
    <message>
        <source>The first epoch</source>
        <translation>第一个轮次</translation>
    </message>
    <message>
        <source>a later one</source>
        <translation>之后每个轮次</translation>
    </message>
</context>
<context>
    <name>gps::app::CurvesPanel</name>
    <message>
        <source>Is it learning?</source>
        <translation>是否在学习？</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>The curves appear with the first steps.</source>
        <translation>开始训练后曲线会出现在这里。</translation>
    </message>
    <message>
        <source>Learning rate and speed appear with the first steps.</source>
        <translation>开始训练后学习率和速度会出现在这里。</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>top-1, %</source>
        <translation>top-1（%）</translation>
    </message>
    <message>
        <source>validation Dice</source>
        <translation>验证 Dice</translation>
    </message>
    <message>
        <source>top-5, %</source>
        <translation>top-5（%）</translation>
    </message>
    <message>
        <source>top-1 of the average (EMA), %</source>
        <translation>滑动平均（EMA）的 top-1（%）</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>right pictures, %</source>
        <translation>正确图像（%）</translation>
    </message>
    <message>
        <source>mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>steps per second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>steps/s</source>
        <translation>步/秒</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped, can be resumed</source>
        <translation>已停止，可继续</translation>
    </message>
    <message>
        <source>failed, can be resumed</source>
        <translation>失败，可继续</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Log both</source>
        <translation>双对数</translation>
    </message>
    <message>
        <source>untuned</source>
        <translation>未微调</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮次</translation>
    </message>
</context>
<context>
    <name>gps::app::DataPage</name>
    <message>
        <source>Open pictures</source>
        <translation>打开图像</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>打开图像…</translation>
    </message>
    <message>
        <source>Choose weights</source>
        <translation>选择权重</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Which pictures?</source>
        <translation>哪些图像？</translation>
    </message>
    <message>
        <source>How are they split?</source>
        <translation>如何划分？</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Do the splits leak?</source>
        <translation>划分是否有数据泄漏？</translation>
    </message>
    <message>
        <source>What is wrong with them?</source>
        <translation>有什么问题？</translation>
    </message>
    <message>
        <source>Open pictures first.</source>
        <translation>请先打开图像。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Pictures with masks</source>
        <translation>带掩码的图像</translation>
    </message>
    <message>
        <source>Data hash</source>
        <translation>数据哈希</translation>
    </message>
    <message>
        <source>being taken</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>There are no pictures in this split.</source>
        <translation>此划分中没有图像。</translation>
    </message>
    <message>
        <source>From %1. Gradients and training use the training split only; scores come from the validation split.</source>
        <translation>依据 %1。梯度和训练只使用训练集，评分来自验证集。</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>没有掩码</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>同名</translation>
    </message>
    <message>
        <source>same bytes</source>
        <translation>内容相同</translation>
    </message>
    <message>
        <source>near duplicate</source>
        <translation>近似重复</translation>
    </message>
    <message>
        <source>%1 (%2) and %3 (%4): %5</source>
        <translation>%1（%2）与 %3（%4）：%5</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>检查中</translation>
    </message>
    <message>
        <source>Looking for the same picture on two sides of a split.</source>
        <translation>正在查找同时出现在两个划分中的图像。</translation>
    </message>
    <message>
        <source>no leak found</source>
        <translation>未发现泄漏</translation>
    </message>
    <message>
        <source>No picture stands on two sides of a split, by name, by bytes or by likeness.</source>
        <translation>按名称、内容和相似度检查，没有图像同时出现在两个划分中。</translation>
    </message>
    <message numerus="yes">
        <source>%n leak(s)</source>
        <translation>
            <numerusform>%n 处泄漏</numerusform>
        </translation>
    </message>
    <message>
        <source>Scores on these pictures look better than they are. Move one of each pair.</source>
        <translation>这些图像上的分数会虚高。请移走每对中的一幅。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Val</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Open a folder of pictures to begin: with masks, or with one folder for each class.</source>
        <translation>打开图像文件夹即可开始：带掩码，或每个类别一个子文件夹。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pictures in the split %1</source>
        <translation>%1中的图像</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pictures of the class %1</source>
        <translation>类别 %1 的图像</translation>
    </message>
</context>
<context>
    <name>gps::app::EpochChoice</name>
    <message>
        <source>After means</source>
        <translation>“之后”指</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>微调前</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Only while a run trains.</source>
        <translation>仅在训练进行时可用。</translation>
    </message>
    <message>
        <source>before · untuned</source>
        <translation>之前 · 未微调</translation>
    </message>
    <message>
        <source>now · training</source>
        <translation>当前 · 训练中</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Nothing has been trained yet.</source>
        <translation>尚未训练。</translation>
    </message>
    <message>
        <source>after · version %1</source>
        <translation>之后 · 版本 %1</translation>
    </message>
</context>
<context>
    <name>gps::app::EpochMovie</name>
    <message>
        <source>An export is under way.</source>
        <translation>正在导出。</translation>
    </message>
</context>
<context>
    <name>gps::app::EpochTravel</name>
    <message>
        <source>Writing, %1 of %2</source>
        <translation>正在写入，第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Not written: %1</source>
        <translation>未写入：%1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Nothing plays by itself while motion is reduced (Settings).</source>
        <translation>已减少动态效果（设置），不自动播放。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Animated GIF…</source>
        <translation>动态 GIF…</translation>
    </message>
    <message>
        <source>Animated GIF (*.gif)</source>
        <translation>动态 GIF (*.gif)</translation>
    </message>
    <message>
        <source>PNG sequence…</source>
        <translation>PNG 序列…</translation>
    </message>
    <message>
        <source>Folder that receives the folder of pictures</source>
        <translation>存放图像文件夹的位置</translation>
    </message>
    <message>
        <source>Version that is shown</source>
        <translation>所示版本</translation>
    </message>
    <message>
        <source>The prediction of each version that training kept, numbered as on the Runs page; 0 is the model before training.</source>
        <translation>训练中保留的各版本的预测，编号与“运行”页一致；0 为训练前的模型。</translation>
    </message>
    <message>
        <source>Play the versions</source>
        <translation>播放各版本</translation>
    </message>
    <message>
        <source>version %1 of %2</source>
        <translation>版本 %1，共 %2</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <translation>详细信息：%1</translation>
    </message>
    <message>
        <source>Export versions…</source>
        <translation>导出各版本…</translation>
    </message>
    <message>
        <source>Export versions</source>
        <translation>导出各版本</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
</context>
<context>
    <name>gps::app::Explorer</name>
    <message>
        <source>Run the gradient pass first.</source>
        <translation>请先计算梯度。</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>Run the new scheme first.</source>
        <translation>请先按新方案计算。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请取一个名称。</translation>
    </message>
    <message>
        <source>Choose a shorter name.</source>
        <translation>请取短一些的名称。</translation>
    </message>
    <message>
        <source>A name has no / \ : in it and no full stop at its start.</source>
        <translation>名称中不能有 / \ :，也不能以句点开头。</translation>
    </message>
</context>
<context>
    <name>gps::app::ExportDialog</name>
    <message>
        <source>Export masks and overlays</source>
        <translation>导出掩码和叠加图</translation>
    </message>
    <message>
        <source>%1, threshold %2</source>
        <translation>%1，阈值 %2</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>这张图像</translation>
    </message>
    <message numerus="yes">
        <source>All %n in the list</source>
        <translation>
            <numerusform>列表中全部 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a picture first.</source>
        <translation>请先选择一张图像。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Picture with overlay (PNG)</source>
        <translation>带叠加的图像 (PNG)</translation>
    </message>
    <message>
        <source>As it is shown, in the size of the picture file: NAME_overlay.png</source>
        <translation>与屏幕所示一致，尺寸同图像文件：NAME_overlay.png</translation>
    </message>
    <message>
        <source>Mask, black and white (PNG)</source>
        <translation>掩码，黑白 (PNG)</translation>
    </message>
    <message>
        <source>0 and 255, 8 bit: NAME.png</source>
        <translation>0 与 255，8 位：NAME.png</translation>
    </message>
    <message>
        <source>Mask, indexed colours (PNG)</source>
        <translation>掩码，索引颜色 (PNG)</translation>
    </message>
    <message>
        <source>0 and 1 with a palette: NAME_indexed.png</source>
        <translation>0 与 1，带调色板：NAME_indexed.png</translation>
    </message>
    <message>
        <source>Probability, 16 bit (PNG)</source>
        <translation>概率，16 位 (PNG)</translation>
    </message>
    <message>
        <source>65535 stands for 1: NAME_prob.png</source>
        <translation>65535 表示 1：NAME_prob.png</translation>
    </message>
    <message>
        <source>Masks of all pictures, COCO RLE (JSON)</source>
        <translation>全部图像的掩码，COCO RLE (JSON)</translation>
    </message>
    <message>
        <source>One file: masks.json. Holes are kept. pycocotools reads it.</source>
        <translation>一个文件：masks.json。保留孔洞，可由 pycocotools 读取。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>写入的文件夹</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Nothing that is there is changed.</source>
        <translation>不改动任何已有的文件。</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Files that are there</source>
        <translation>已有的文件</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Picture %1 of %2</source>
        <translation>第 %1 张，共 %2 张</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>写入了 %n 个文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that were there were kept.</source>
        <translation>
            <numerusform>保留了 %n 个已有的文件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read: %1</source>
        <translation>
            <numerusform>%n 张图像无法读取：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>The export stopped.</source>
        <translation>导出中止。</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <translation>详细信息：%1</translation>
    </message>
</context>
<context>
    <name>gps::app::FormPanel</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Settings as run.toml</source>
        <translation>以 run.toml 表示的设置</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>等效的命令</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>No preset</source>
        <translation>无预设</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>分割</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n class(es)</source>
        <translation>
            <numerusform>%1，%n 类</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a selection</source>
        <translation>选择参数选择文件</translation>
    </message>
    <message>
        <source>Selections (*.safetensors)</source>
        <translation>参数选择 (*.safetensors)</translation>
    </message>
    <message>
        <source>Show fewer settings</source>
        <translation>显示较少设置</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more setting(s)</source>
        <translation>
            <numerusform>再显示 %n 项设置</numerusform>
        </translation>
    </message>
    <message>
        <source>The run works on a copy; this is for the next one.</source>
        <translation>正在进行的运行使用副本；此处用于下一次运行。</translation>
    </message>
    <message>
        <source>Taken over while you type, as soon as it is right.</source>
        <translation>边输入边采用，内容正确时立即生效。</translation>
    </message>
</context>
<context>
    <name>gps::app::HomePage</name>
    <message>
        <source>Open pictures</source>
        <translation>打开图像</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Open demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>打开图像…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Tune a few connections, keep the rest</source>
        <translation>只调少数连接，其余不变</translation>
    </message>
    <message>
        <source>Of every neuron, only the K input connections with the largest gradient for your pictures are fine-tuned. Everything else stays exactly as it was.</source>
        <translation>每个神经元只微调对您的图像梯度最大的 K 个输入连接，其余一切保持原样。</translation>
    </message>
    <message>
        <source>The sample weights are not on this computer. Run scripts/demo.sh once, or choose weights of your own on the Model page.</source>
        <translation>此电脑上没有示例权重。请运行一次 scripts/demo.sh，或在模型页选择您自己的权重。</translation>
    </message>
    <message>
        <source>The demo project brings drawn polyp pictures and a small pretrained model. It needs no graphics card and no network.</source>
        <translation>示例项目自带绘制的息肉图像和小型预训练模型，无需显卡和网络。</translation>
    </message>
    <message>
        <source>Pictures stay on this computer; the program never uses the network.</source>
        <translation>图像不会离开此电脑；本程序从不使用网络。</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Projects that you open appear here. You can also drop a folder of pictures on this window.</source>
        <translation>打开过的项目会出现在这里。也可以把图像文件夹拖放到此窗口。</translation>
    </message>
    <message>
        <source>The steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>查看%1</translation>
    </message>
    <message>
        <source>no project yet</source>
        <translation>尚无项目</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) with masks, %1</source>
        <translation>
            <numerusform>%n 幅带掩码的图像，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>K = %1: %2 weights selected</source>
        <translation>K = %1：已选 %2 个权重</translation>
    </message>
    <message>
        <source>One gradient pass, then K chooses how many inputs every neuron keeps</source>
        <translation>一次梯度计算后，由 K 决定每个神经元保留几个输入</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best mean Dice %1</source>
        <translation>
            <numerusform>%n 个轮次；最佳平均 Dice %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Fine-tune the selected connections; pause and go on at any time</source>
        <translation>微调选中的连接；可随时暂停和继续</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) scored</source>
        <translation>
            <numerusform>已评分 %n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>Demo project</source>
        <translation>示例项目</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) in %1 classes, %2</source>
        <translation>
            <numerusform>%1 个类别的 %n 幅图像，%2</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder of pictures with masks or in class folders, split into training and validation</source>
        <translation>带掩码或按类别分文件夹的图像，划分为训练集和验证集</translation>
    </message>
    <message>
        <source>Pretrained weights, recognised by their content: SAM for masks; ViT, Swin, ConvNeXt, DINOv2 for classes</source>
        <translation>预训练权重，按内容识别：SAM 用于掩码；ViT、Swin、ConvNeXt、DINOv2 用于分类</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best top-1 %1</source>
        <translation>
            <numerusform>%n 个轮次；最佳 top-1 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at every picture, worst first, before and after</source>
        <translation>逐幅查看微调前后，最差的在前</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), nothing scored</source>
        <translation>
            <numerusform>%n 个轮次，未评分</numerusform>
        </translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>%1, %2 parameters</source>
        <translation>%1，%2 个参数</translation>
    </message>
</context>
<context>
    <name>gps::app::LatestRuns</name>
    <message>
        <source>K = %1, %2</source>
        <translation>K = %1，%2</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>decoder only</source>
        <translation>仅解码器</translation>
    </message>
    <message>
        <source>head only</source>
        <translation>仅分类头</translation>
    </message>
    <message>
        <source>biases only</source>
        <translation>仅偏置</translation>
    </message>
    <message>
        <source>Latest runs</source>
        <translation>最近的运行</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>No run yet. A run appears here as soon as it begins, one of the command line too.</source>
        <translation>尚无运行。运行一开始就会显示在这里，命令行启动的也一样。</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>What trains</source>
        <translation>训练内容</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>top-1, %</source>
        <translation>top-1，%</translation>
    </message>
    <message>
        <source>mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>数据泄漏</translation>
    </message>
</context>
<context>
    <name>gps::app::LayerCard</name>
    <message>
        <source>Which inputs matter?</source>
        <translation>哪些输入重要？</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Show the whole layer. The wheel or + and − zoom, a drag pans, the arrows walk.</source>
        <translation>显示整个层。滚轮或 +、− 缩放，拖动平移，方向键逐格移动。</translation>
    </message>
    <message>
        <source>Show the whole layer</source>
        <translation>显示整个层</translation>
    </message>
    <message>
        <source>A layer is shown here once its scores are there.</source>
        <translation>得到得分后，这里会显示一个层。</translation>
    </message>
    <message>
        <source>%1 neurons × %2 inputs</source>
        <translation>%1 个神经元 × %2 个输入</translation>
    </message>
    <message>
        <source>%1 of %2 inputs used</source>
        <translation>用到 %1 / %2 个输入</translation>
    </message>
    <message>
        <source>No weight of this layer is selected.</source>
        <translation>该层没有已选权重。</translation>
    </message>
    <message>
        <source>Input %1 is kept by %2 of neurons</source>
        <translation>%2 的神经元保留输入 %1</translation>
    </message>
    <message>
        <source>The most kept inputs</source>
        <translation>保留最多的输入</translation>
    </message>
    <message>
        <source>input %1: %2 neurons, %3</source>
        <translation>输入 %1：%2 个神经元，%3</translation>
    </message>
</context>
<context>
    <name>gps::app::Leaks</name>
    <message>
        <source>validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>splits leak</source>
        <translation>划分有泄漏</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of pictures stand on two sides of a split; scores flatter.</source>
        <translation>
            <numerusform>%n 对图像同时出现在两个划分中；分数会虚高。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>made from held-out pictures</source>
        <translation>用了留出的图像</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) outside the training split were used to select or to train (%1); scores on them flatter.</source>
        <translation>
            <numerusform>选择或训练时用到了训练划分之外的 %n 张图像（%1）；在其上的分数会虚高。</numerusform>
        </translation>
    </message>
    <message>
        <source>seen by the weights</source>
        <translation>权重可能见过</translation>
    </message>
    <message>
        <source>These weights may have seen %1 before; scores on it flatter.</source>
        <translation>这些权重可能见过 %1；在其上的分数会虚高。</translation>
    </message>
</context>
<context>
    <name>gps::app::LevelSliders</name>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the picture alone, not of the overlay. Dragging up or down with the right button does the same.</source>
        <translation>只影响图片，不影响叠加。按住右键上下拖动效果相同。</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>More contrast is a narrower window of grey levels. Dragging sideways with the right button does the same.</source>
        <translation>对比度越高，灰度窗越窄。按住右键左右拖动效果相同。</translation>
    </message>
</context>
<context>
    <name>gps::app::LookCard</name>
    <message>
        <source>Look</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Marked is what is more probable than this. The same for the picture and for every number here; 0.50 by default.</source>
        <translation>概率高于此值的部分被标出。图像和此处的每个数值都用同一个阈值；默认 0.50。</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>叠加不透明度</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Boundary band</source>
        <translation>边界带</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Errors nearer to the outline of the ground truth than this are drawn fainter: two readers would differ there, too.</source>
        <translation>离金标准轮廓比这更近的误差画得较淡：两位阅片者在那里也会不同。</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Contour</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Show the ground truth</source>
        <translation>显示金标准</translation>
    </message>
    <message>
        <source>Hatch the errors</source>
        <translation>误差画阴影线</translation>
    </message>
</context>
<context>
    <name>gps::app::Looking</name>
    <message>
        <source>Open a project with a model first.</source>
        <translation>请先打开带有模型的项目。</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>This model tells classes apart; it outlines nothing.</source>
        <translation>该模型用于区分类别，不能勾画区域。</translation>
    </message>
</context>
<context>
    <name>gps::app::LookingCard</name>
    <message>
        <source>Look</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>叠加不透明度</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Outlined by</source>
        <translation>勾画所用模型</translation>
    </message>
    <message>
        <source>Saved in %1.</source>
        <translation>已保存到 %1。</translation>
    </message>
    <message>
        <source>Not everything was saved.</source>
        <translation>未能全部保存。</translation>
    </message>
    <message>
        <source>What is saved stays, and so does all that is here: make room or choose another folder, and save again.</source>
        <translation>已保存的内容保留，此处的内容也都还在：请腾出空间或另选文件夹，然后再次保存。</translation>
    </message>
    <message>
        <source>The trained model (%1)</source>
        <translation>训练后的模型（%1）</translation>
    </message>
    <message>
        <source>The trained model</source>
        <translation>训练后的模型</translation>
    </message>
    <message>
        <source>The model as it came</source>
        <translation>原始模型</translation>
    </message>
    <message>
        <source>Nothing has been trained in this project yet.</source>
        <translation>此项目中尚未训练过。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>What is shown was outlined by the model as it came, not by what is chosen now.</source>
        <translation>当前显示的轮廓由原始模型勾画，与现在所选的模型不同。</translation>
    </message>
    <message>
        <source>What is shown was outlined by the trained model %1, version %2, not by what is chosen now.</source>
        <translation>当前显示的轮廓由训练后的模型 %1（版本 %2）勾画，与现在所选的模型不同。</translation>
    </message>
</context>
<context>
    <name>gps::app::MainWindow</name>
    <message>
        <source>GPS workbench</source>
        <translation>GPS 工作台</translation>
    </message>
    <message>
        <source>Open project or pictures</source>
        <translation>打开项目或图像</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Open pictures first.</source>
        <translation>请先打开图像。</translation>
    </message>
    <message>
        <source>Choose weights first.</source>
        <translation>请先选择权重。</translation>
    </message>
    <message>
        <source>Stopping; the window closes when everything is saved.</source>
        <translation>正在停止；全部保存后窗口将关闭。</translation>
    </message>
    <message>
        <source>A run is training. Stop it and close?</source>
        <translation>训练正在进行。要停止并关闭吗？</translation>
    </message>
    <message>
        <source>What was learnt is kept, and the run can be resumed.</source>
        <translation>已学到的内容会保留，之后可以继续运行。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>%1[*] – GPS workbench</source>
        <translation>%1[*] – GPS 工作台</translation>
    </message>
    <message>
        <source>Choose a folder for the project</source>
        <translation>选择项目文件夹</translation>
    </message>
    <message>
        <source>Weights need a project. Open pictures first.</source>
        <translation>权重需要项目。请先打开图像。</translation>
    </message>
    <message>
        <source>This kind of file is not known here.</source>
        <translation>不支持这种文件。</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Settings need a project. Open pictures first.</source>
        <translation>设置需要项目。请先打开图片。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>%1 is too large for settings of a run.</source>
        <translation>%1 过大，不是运行设置。</translation>
    </message>
    <message>
        <source>The settings of %1 are in the form now.</source>
        <translation>%1 的设置已填入表单。</translation>
    </message>
    <message>
        <source>The model and the pictures stay as they are. Ctrl+Z takes it back.</source>
        <translation>模型与图片保持不变。Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>%1 was not taken over.</source>
        <translation>未采用 %1。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Blind reading</source>
        <translation>盲法阅片</translation>
    </message>
    <message>
        <source>New pictures</source>
        <translation>新图像</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>A run is training. Stop it and open %1?</source>
        <translation>训练正在进行。要停止并打开 %1 吗？</translation>
    </message>
    <message>
        <source>Stop and open</source>
        <translation>停止并打开</translation>
    </message>
    <message>
        <source>Folders, lists of pictures (.csv), pictures, videos, weights (.pth, .pt, .npz, .bin, .safetensors), selections, gradient passes, run.toml and plan.toml can be dropped.</source>
        <translation>可以拖入文件夹、图像列表（.csv）、图像、视频、权重（.pth、.pt、.npz、.bin、.safetensors）、选择、梯度计算结果、run.toml 和 plan.toml。</translation>
    </message>
    <message>
        <source>A selection needs a project. Open pictures first.</source>
        <translation>选择需要一个项目。请先打开图像。</translation>
    </message>
    <message>
        <source>%1 is nothing that can be opened here.</source>
        <translation>%1 不能在这里打开。</translation>
    </message>
    <message>
        <source>Weights, packs of pictures, selections, deltas and gradient passes can be. What was open stays open.</source>
        <translation>可以打开权重、图像包、选择、增量和梯度计算结果。已打开的内容保持打开。</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may read it. What was open stays open.</source>
        <translation>请确认它仍然存在并且您有权读取。已打开的内容保持打开。</translation>
    </message>
    <message>
        <source>Open a gradient pass</source>
        <translation>打开梯度计算结果</translation>
    </message>
    <message>
        <source>Gradient passes (*.safetensors)</source>
        <translation>梯度计算结果 (*.safetensors)</translation>
    </message>
    <message>
        <source>The model and the pictures stay as they are. Ctrl+Z takes the settings back, the lists stay.</source>
        <translation>模型和图片保持不变。Ctrl+Z 撤销设置的更改，列表保留。</translation>
    </message>
    <message numerus="yes">
        <source>The sweep of %1 is in the form now: %n run(s).</source>
        <translation>
            <numerusform>%1 的扫描已填入表单：%n 个运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>The form has no list for %1; it is kept. %2</source>
        <translation>表单没有 %1 的列表，但会保留它。%2</translation>
    </message>
</context>
<context>
    <name>gps::app::MapFetch</name>
    <message>
        <source>There is no model. Choose pretrained weights first.</source>
        <translation>没有模型。请先选择预训练权重。</translation>
    </message>
    <message>
        <source>Another run is training. Wait for its end.</source>
        <translation>另一次运行正在训练。请等待其结束。</translation>
    </message>
    <message>
        <source>Another job is under way. Wait for its end.</source>
        <translation>另一项任务正在进行。请等待其结束。</translation>
    </message>
    <message>
        <source>The training is over. Choose one of its versions.</source>
        <translation>训练已结束。请选择它的一个版本。</translation>
    </message>
</context>
<context>
    <name>gps::app::ModelPage</name>
    <message>
        <source>Choose weights</source>
        <translation>选择权重</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Choose weights…</source>
        <translation>选择权重…</translation>
    </message>
    <message>
        <source>Select parameters</source>
        <translation>选择参数</translation>
    </message>
    <message>
        <source>Which model is it?</source>
        <translation>是哪个模型？</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>输入尺寸</translation>
    </message>
    <message>
        <source>Pixels along each side of the picture that the model sees. Half the size is about five times faster.</source>
        <translation>模型所见图像的边长（像素）。尺寸减半约快五倍。</translation>
    </message>
    <message>
        <source>Does the file fit?</source>
        <translation>文件是否匹配？</translation>
    </message>
    <message>
        <source>What trains, what stays frozen?</source>
        <translation>哪些训练，哪些冻结？</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Choose pretrained weights of the SAM family: .pth or .safetensors.</source>
        <translation>请选择 SAM 系列的预训练权重：.pth 或 .safetensors。</translation>
    </message>
    <message>
        <source>Open a folder of pictures first; then choose weights for it.</source>
        <translation>请先打开图像文件夹，再为它选择权重。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Use the sample weights</source>
        <translation>使用示例权重</translation>
    </message>
    <message>
        <source>Choose weights first.</source>
        <translation>请先选择权重。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Neurons to select for</source>
        <translation>可选择的神经元</translation>
    </message>
    <message>
        <source>Rows of the encoder&apos;s weight matrices and convolutions.</source>
        <translation>编码器权重矩阵和卷积的行。</translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Base hash</source>
        <translation>基座哈希</translation>
    </message>
    <message>
        <source>Matched</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Unexpected</source>
        <translation>多余</translation>
    </message>
    <message>
        <source>Wrong shape</source>
        <translation>形状不符</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不匹配</translation>
    </message>
    <message>
        <source>missing: %1</source>
        <translation>缺少：%1</translation>
    </message>
    <message>
        <source>%1 is %2, expected %3</source>
        <translation>%1 为 %2，应为 %3</translation>
    </message>
    <message>
        <source>not used: %1</source>
        <translation>未使用：%1</translation>
    </message>
    <message>
        <source>Every tensor of the file has its place in the model.</source>
        <translation>文件中的每个张量在模型中都有对应位置。</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>trains</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The mask decoder learns the new task as a whole.</source>
        <translation>掩码解码器整体学习新任务。</translation>
    </message>
    <message>
        <source>K per neuron</source>
        <translation>每神经元 K 个</translation>
    </message>
    <message>
        <source>The decoder is selected like the encoder.</source>
        <translation>解码器与编码器一样进行选择。</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>The decoder is frozen in the training form.</source>
        <translation>训练设置中冻结了解码器。</translation>
    </message>
    <message>
        <source>Left out on the Selection page.</source>
        <translation>已在参数选择页排除。</translation>
    </message>
    <message>
        <source>%1 per neuron</source>
        <translation>每神经元 %1 个</translation>
    </message>
    <message>
        <source>The inputs with the largest gradient train, the others keep their value.</source>
        <translation>梯度最大的输入参与训练，其余保持原值。</translation>
    </message>
    <message>
        <source>Full fine-tuning trains every weight.</source>
        <translation>全量微调训练所有权重。</translation>
    </message>
    <message>
        <source>This method trains the decoder only.</source>
        <translation>此方法只训练解码器。</translation>
    </message>
    <message>
        <source>This method trains biases only.</source>
        <translation>此方法只训练偏置。</translation>
    </message>
    <message>
        <source>biases and bias tables</source>
        <translation>偏置和偏置表</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>They are few and always train beside the selection.</source>
        <translation>数量很少，始终与所选权重一起训练。</translation>
    </message>
    <message>
        <source>norms and embeddings</source>
        <translation>归一化和嵌入</translation>
    </message>
    <message>
        <source>Scales and statistics stay as they were learnt.</source>
        <translation>缩放和统计量保持原样。</translation>
    </message>
    <message>
        <source>mask decoder</source>
        <translation>掩码解码器</translation>
    </message>
    <message>
        <source>prompt encoder</source>
        <translation>提示编码器</translation>
    </message>
    <message>
        <source>No prompts are used for training.</source>
        <translation>训练不使用提示。</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>Choose pretrained weights of a ViT, Swin, ConvNeXt or DINOv2 model: .pth or .safetensors.</source>
        <translation>请选择 ViT、Swin、ConvNeXt 或 DINOv2 模型的预训练权重：.pth 或 .safetensors。</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 像素</translation>
    </message>
    <message>
        <source>Along each side of the picture that the model sees.</source>
        <translation>模型所见图像的边长。</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>Head</source>
        <translation>分类头</translation>
    </message>
    <message>
        <source>none: a new one is trained</source>
        <translation>无：将训练新的</translation>
    </message>
    <message>
        <source>The file brings no classification head; a new one for the classes of the pictures is trained.</source>
        <translation>文件不含分类头；将为图像的类别训练新的分类头。</translation>
    </message>
    <message>
        <source>The classification head of the file.</source>
        <translation>文件自带的分类头。</translation>
    </message>
    <message numerus="yes">
        <source>new, %n class(es)</source>
        <translation>
            <numerusform>新建，%n 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>The file&apos;s head has %1; a new one for the classes of the pictures is trained.</source>
        <translation>文件的分类头有 %1；将为图像的类别训练新的分类头。</translation>
    </message>
    <message>
        <source>This method trains the head only.</source>
        <translation>此方法只训练分类头。</translation>
    </message>
    <message>
        <source>The head learns the classes of the pictures beside the biases.</source>
        <translation>分类头与偏置一起学习图像的类别。</translation>
    </message>
    <message>
        <source>The head learns the classes of the pictures as a whole.</source>
        <translation>整个分类头学习图像的类别。</translation>
    </message>
    <message>
        <source>classification head</source>
        <translation>分类头</translation>
    </message>
    <message>
        <source>Every tensor has its place in the model, save the head: it knows other classes.</source>
        <translation>除分类头外，每个张量在模型中都有位置；文件的分类头对应其他类别。</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.bin *.npz *.safetensors)</source>
        <translation>权重 (*.pth *.pt *.bin *.npz *.safetensors)</translation>
    </message>
    <message>
        <source>of these in the encoder</source>
        <translation>其中编码器</translation>
    </message>
</context>
<context>
    <name>gps::app::NewPicturesPage</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>当前图像</translation>
    </message>
    <message>
        <source>Choose where the results go</source>
        <translation>选择结果的保存位置</translation>
    </message>
    <message>
        <source>Saving: %1 of %2 pictures</source>
        <translation>正在保存：%1 / %2 张图像</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>New pictures</source>
        <translation>新图像</translation>
    </message>
    <message>
        <source>Research use only, not for diagnosis</source>
        <translation>仅供研究使用，不用于诊断</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>The first picture appears here as soon as it is there.</source>
        <translation>第一张图像完成后会立即显示在这里。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图像文件夹</translation>
    </message>
    <message>
        <source>%1 of the picture</source>
        <translation>占图像的 %1</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>A run is training. The pictures are looked at when it has ended.</source>
        <translation>正在训练。训练结束后会查看这些图像。</translation>
    </message>
    <message>
        <source>The pictures are looked at when the present job has ended.</source>
        <translation>当前任务结束后会查看这些图像。</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n picture(s).</source>
        <translation>
            <numerusform>已停止，完成 %n 张图像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ended early after %n picture(s).</source>
        <translation>
            <numerusform>提前结束，完成 %n 张图像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) looked at.</source>
        <translation>
            <numerusform>已查看 %n 张图像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read and were passed over: %1</source>
        <translation>
            <numerusform>%n 张图像无法读取，已跳过：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop saving</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>保存结果…</translation>
    </message>
    <message>
        <source>No picture has been looked at yet.</source>
        <translation>尚未查看任何图像。</translation>
    </message>
    <message>
        <source>Masks, pictures with the outline and a table of areas, in a new folder.</source>
        <translation>掩码、带轮廓的图像和面积表，保存在新文件夹中。</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Width and height of the picture.</source>
        <translation>图像的宽和高。</translation>
    </message>
    <message>
        <source>Outlined area</source>
        <translation>勾画面积</translation>
    </message>
    <message>
        <source>Of the picture, at the threshold below.</source>
        <translation>占图像的比例，按下方阈值。</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Choose video…</source>
        <translation>选择视频…</translation>
    </message>
    <message>
        <source>As a video</source>
        <translation>作为视频</translation>
    </message>
    <message>
        <source>Show these pictures as the frames of one video, in the order of their numbers.</source>
        <translation>按编号顺序，将这些图像作为一段视频的各帧显示。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, or drop one on the window; a video, too. They need no masks, and they stay on this computer.</source>
        <translation>选择一个图像文件夹，或将其拖到窗口上；视频也可以。无需掩码，所有内容都留在这台计算机上。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures first.</source>
        <translation>请先选择一个图片文件夹。</translation>
    </message>
</context>
<context>
    <name>gps::app::Notices</name>
    <message>
        <source>%1: %2. Check the free space and the permissions, or save it in another folder.</source>
        <translation>%1：%2。请检查可用空间和权限，或保存到其他文件夹。</translation>
    </message>
    <message>
        <source>The project could not be saved.</source>
        <translation>项目无法保存。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存并关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Unsaved changes of %1 were found.</source>
        <translation>发现 %1 未保存的更改。</translation>
    </message>
    <message>
        <source>The program ended before they were saved, on %1.</source>
        <translation>程序在保存之前于 %1 结束。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>The program did not end properly last time.</source>
        <translation>程序上次没有正常结束。</translation>
    </message>
    <message>
        <source>What was not saved in %1 is offered when you open it.</source>
        <translation>打开 %1 时可以恢复其中未保存的内容。</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>The project could not be copied.</source>
        <translation>项目无法复制。</translation>
    </message>
    <message>
        <source>The project is in %1 now.</source>
        <translation>项目现在位于 %1。</translation>
    </message>
    <message>
        <source>All that lay in the former folder is there, too, as it was saved last.</source>
        <translation>原文件夹中的全部内容也已复制到那里；原文件夹保持上次保存时的状态。</translation>
    </message>
    <message>
        <source>Left out, because a program is writing it: %1</source>
        <translation>未复制（正有程序在写入）：%1</translation>
    </message>
    <message>
        <source>The copy of the project was stopped.</source>
        <translation>项目的复制已停止。</translation>
    </message>
    <message>
        <source>Nothing of it was left in %1.</source>
        <translation>%1 中没有留下任何内容。</translation>
    </message>
    <message>
        <source>%1 is not empty, and nothing in it is overwritten. Choose an empty folder or a new one.</source>
        <translation>%1 不是空文件夹，其中的内容不会被覆盖。请选择空文件夹或新建一个。</translation>
    </message>
    <message>
        <source>%1 is a file. Choose an empty folder or a new one.</source>
        <translation>%1 是一个文件。请选择空文件夹或新建一个。</translation>
    </message>
    <message>
        <source>%1 lies within the project itself. Choose a folder elsewhere.</source>
        <translation>%1 位于项目自身之内。请选择别处的文件夹。</translation>
    </message>
    <message>
        <source>It takes %1, and the disk of %2 has %3 left. Free some space, or choose another folder.</source>
        <translation>需要 %1，而 %2 所在的磁盘只剩 %3。请腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>%1: %2. Nothing was left in %3. Check the free space and the permissions, or choose another folder.</source>
        <translation>%1：%2。%3 中没有留下任何内容。请检查可用空间和权限，或选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>gps::app::NumbersPage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Score all</source>
        <translation>全部评分</translation>
    </message>
    <message>
        <source>How good is it, and by which definition?</source>
        <translation>效果如何，按哪种定义？</translation>
    </message>
    <message>
        <source>Every image</source>
        <translation>每幅图像</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Which predictions?</source>
        <translation>哪些预测？</translation>
    </message>
    <message>
        <source>Can a published pair be true?</source>
        <translation>已发表的一对数值可能吗？</translation>
    </message>
    <message>
        <source>For one averaging rule IoU is at least D / (2 − D), D the Dice, and never above it.</source>
        <translation>同一种平均方式下，IoU 至少为 D / (2 − D)（D 为 Dice），且不会超过 D。</translation>
    </message>
    <message>
        <source>Mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>平均 IoU</translation>
    </message>
    <message>
        <source>What do the figures mean?</source>
        <translation>这些指标是什么意思？</translation>
    </message>
    <message>
        <source>Numbers need pictures. Open a folder of pictures first.</source>
        <translation>数值需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往“模型”</translation>
    </message>
    <message>
        <source>Scoring is under way.</source>
        <translation>正在评分。</translation>
    </message>
    <message>
        <source>These predictions have not been scored yet.</source>
        <translation>这些预测还没有评分。</translation>
    </message>
    <message>
        <source>Being scored…</source>
        <translation>正在评分…</translation>
    </message>
    <message>
        <source>Working out the intervals…</source>
        <translation>正在计算区间…</translation>
    </message>
    <message>
        <source>There is nothing to export before the predictions are scored.</source>
        <translation>预测评分之前没有可导出的内容。</translation>
    </message>
    <message>
        <source>Everything marked</source>
        <translation>全部标出</translation>
    </message>
    <message>
        <source>Nothing marked</source>
        <translation>全不标出</translation>
    </message>
    <message>
        <source>This definition does not have this figure.</source>
        <translation>这种定义没有此数值。</translation>
    </message>
    <message numerus="yes">
        <source>%1
%2 over %n image(s)</source>
        <translation>
            <numerusform>%1
%2，共 %n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>Dice and IoU agree</source>
        <translation>Dice 与 IoU 相符</translation>
    </message>
    <message>
        <source>impossible pair</source>
        <translation>不可能的一对</translation>
    </message>
    <message>
        <source>In every column IoU lies between D / (2 − D) and D, D the Dice, as it must.</source>
        <translation>每一列中 IoU 都在 D / (2 − D) 与 D 之间（D 为 Dice），理应如此。</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Ground truth empty</source>
        <translation>金标准为空</translation>
    </message>
    <message>
        <source>Prediction empty</source>
        <translation>预测为空</translation>
    </message>
    <message>
        <source>HD95 undefined</source>
        <translation>HD95 无定义</translation>
    </message>
    <message>
        <source>HD95 not measured</source>
        <translation>HD95 未测量</translation>
    </message>
    <message>
        <source>One of the two masks is empty. These images are left out of the mean HD95, so that two means over different images do not compare.</source>
        <translation>两个掩码之一为空。这些图像不计入平均 HD95，因此基于不同图像的两个平均值不可相比。</translation>
    </message>
    <message>
        <source>✓ Possible: beside this Dice, IoU lies between %1 and %2.</source>
        <translation>✓ 可能：对应此 Dice，IoU 在 %1 与 %2 之间。</translation>
    </message>
    <message>
        <source>✗ Impossible: beside this Dice, IoU lies between %1 and %2. The two were not averaged alike.</source>
        <translation>✗ 不可能：对应此 Dice，IoU 应在 %1 与 %2 之间。两者的平均方式不同。</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>All figures with definitions…</source>
        <translation>全部数值及定义…</translation>
    </message>
    <message>
        <source>Save figures</source>
        <translation>保存数值</translation>
    </message>
    <message>
        <source>Every image…</source>
        <translation>每幅图像…</translation>
    </message>
    <message>
        <source>Save figures of every image</source>
        <translation>保存每幅图像的数值</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>The same as on Cases, for pictures and numbers; 0.50 by default.</source>
        <translation>与“病例”页相同，图像和数值共用；默认 0.50。</translation>
    </message>
    <message>
        <source>Numbers need a model. Choose one first.</source>
        <translation>数值需要模型。请先选择一个。</translation>
    </message>
    <message>
        <source>These are the numbers at threshold %1. At %2 they are known once the pictures are scored anew: Score all.</source>
        <translation>这些是阈值 %1 时的数值。阈值 %2 时的数值需重新评分才能得知：全部评分。</translation>
    </message>
    <message>
        <source>At threshold %1</source>
        <translation>阈值 %1</translation>
    </message>
    <message>
        <source>In small: 95 % intervals, BCa bootstrap over images (Efron 1987), %1 resamples with a fixed seed. Foreground: probability &gt; %2, at the size of the source image.</source>
        <translation>小字：95 % 区间，对图像作 BCa 自助法（Efron 1987），固定种子重采样 %1 次。前景：在原始图像尺寸上概率 &gt; %2。</translation>
    </message>
    <message>
        <source>%1 · at threshold %2</source>
        <translation>%1 · 阈值 %2</translation>
    </message>
    <message>
        <source>HD95 undefined at threshold %1</source>
        <translation>阈值 %1 时 HD95 无定义</translation>
    </message>
</context>
<context>
    <name>gps::app::OutlineBar</name>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Outlines at %1: %2 of %3 images</source>
        <translation>阈值 %1 的轮廓：第 %2 幅，共 %3 幅</translation>
    </message>
    <message>
        <source>Outlines at %1: beginning…</source>
        <translation>阈值 %1 的轮廓：正在开始…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>It stops after the images that are under way.</source>
        <translation>正在处理的图像完成后停止。</translation>
    </message>
    <message>
        <source>Boundary F and HD95 are known at %1.</source>
        <translation>边界 F 和 HD95 在阈值 %1 时已知。</translation>
    </message>
    <message>
        <source>Compute at %1</source>
        <translation>在 %1 处计算</translation>
    </message>
    <message>
        <source>Goes through all scored images once more, beside the window; the figures are kept with the scores.</source>
        <translation>在后台再次处理全部已评分的图像；数值与评分一起保存。</translation>
    </message>
</context>
<context>
    <name>gps::app::Page</name>
    <message>
        <source>Go to Home</source>
        <translation>前往主页</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往“模型”</translation>
    </message>
</context>
<context>
    <name>gps::app::Predictions</name>
    <message>
        <source>Computed once the run that trains has ended.</source>
        <translation>正在训练的运行结束后计算。</translation>
    </message>
    <message>
        <source>Computed once the present job has ended.</source>
        <translation>当前任务结束后计算。</translation>
    </message>
    <message>
        <source>It could not be computed.</source>
        <translation>无法计算。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The training is over. Choose one of its versions.</source>
        <translation>训练已结束。请选择它的一个版本。</translation>
    </message>
</context>
<context>
    <name>gps::app::Preflight</name>
    <message>
        <source>Start this run all the same?</source>
        <translation>仍要开始此运行吗？</translation>
    </message>
    <message numerus="yes">
        <source>Add %n run(s) to the queue all the same?</source>
        <translation>
            <numerusform>仍要把 %n 个运行加入队列吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>GPS workbench</source>
        <translation>GPS 工作台</translation>
    </message>
    <message>
        <source>Start all the same</source>
        <translation>仍然开始</translation>
    </message>
    <message>
        <source>Add all the same</source>
        <translation>仍然加入</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>更改设置</translation>
    </message>
</context>
<context>
    <name>gps::app::ProjectCard</name>
    <message>
        <source>In this project</source>
        <translation>项目内容</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 幅图像</numerusform>
        </translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>数据泄漏</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s)</source>
        <translation>
            <numerusform>%n 对</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures that are in two splits, by name, by bytes or to the eye.</source>
        <translation>同时出现在两个划分中的图像：同名、内容相同或看起来相同。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Saved selections</source>
        <translation>已保存的参数选择</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Best top-1</source>
        <translation>最佳 top-1</translation>
    </message>
    <message>
        <source>Best mean Dice</source>
        <translation>最佳平均 Dice</translation>
    </message>
</context>
<context>
    <name>gps::app::PromptTool</name>
    <message>
        <source>Point out</source>
        <translation>指点勾画</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Takes the last box or point back. Backspace</source>
        <translation>撤回最后一个框或点。Backspace</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Without training</source>
        <translation>不含训练</translation>
    </message>
    <message>
        <source>Shows what the model says without what it learnt in the run.</source>
        <translation>显示模型去掉本次运行所学内容后的结果。</translation>
    </message>
    <message>
        <source>Save mask…</source>
        <translation>保存掩码…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Back to the predictions. Esc</source>
        <translation>返回预测。Esc</translation>
    </message>
    <message>
        <source>%1, computing…</source>
        <translation>%1，计算中…</translation>
    </message>
    <message>
        <source>Reading the picture. This takes a while the first time; the next answers come at once.</source>
        <translation>正在读取图像。第一次需要一点时间，之后会立即得到结果。</translation>
    </message>
    <message>
        <source>Draw a box round the area, or click on it.</source>
        <translation>在区域周围画一个框，或点击该区域。</translation>
    </message>
    <message>
        <source>Draw a box round the area.</source>
        <translation>在区域周围画一个框。</translation>
    </message>
    <message>
        <source>Outlining…</source>
        <translation>正在勾画…</translation>
    </message>
    <message>
        <source>Outlined. The threshold acts on it.</source>
        <translation>已勾画。阈值对其生效。</translation>
    </message>
    <message>
        <source>Outline an area with a box or with points. P</source>
        <translation>用框或点勾画一个区域。P</translation>
    </message>
    <message>
        <source>No run is shown.</source>
        <translation>当前没有显示运行。</translation>
    </message>
    <message>
        <source>Nothing is outlined yet.</source>
        <translation>尚未勾画任何区域。</translation>
    </message>
    <message>
        <source>Drag: box. Click: this belongs to it. Right click: this does not. Backspace takes back, Esc leaves. By key: arrows, Enter, Shift+Enter, B for the box.</source>
        <translation>拖动：画框。单击：属于该区域。右键单击：不属于。Backspace 撤回，Esc 退出。键盘：方向键、Enter、Shift+Enter，B 画框。</translation>
    </message>
    <message>
        <source>Drag: box. Backspace takes back, Esc leaves. By key: arrows and B. Points are off: %1</source>
        <translation>拖动：画框。Backspace 撤回，Esc 退出。键盘：方向键和 B。不能使用点：%1</translation>
    </message>
    <message>
        <source>Save mask</source>
        <translation>保存掩码</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图像 (*.png)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>This could not be outlined. Draw another box, or look at another picture.</source>
        <translation>无法勾画。请另画一个框，或查看其他图像。</translation>
    </message>
    <message>
        <source>The mask could not be saved. %1</source>
        <translation>掩码未能保存。%1</translation>
    </message>
</context>
<context>
    <name>gps::app::Prompting</name>
    <message>
        <source>Choose a picture first.</source>
        <translation>请先选择图像。</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>请先选择模型。</translation>
    </message>
    <message>
        <source>This model tells classes apart; it outlines nothing.</source>
        <translation>该模型用于区分类别，不能勾画区域。</translation>
    </message>
    <message>
        <source>%1 was trained with boxes, not with points.</source>
        <translation>%1 是用框训练的，没有用点训练。</translation>
    </message>
    <message>
        <source>Computed once the run that trains has ended.</source>
        <translation>正在训练的运行结束后计算。</translation>
    </message>
    <message>
        <source>Computed once the present job has ended.</source>
        <translation>当前任务结束后计算。</translation>
    </message>
</context>
<context>
    <name>gps::app::QueueModel</name>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n 个轮次</numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>waits, goes on</source>
        <translation>等待继续</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>加入时间</translation>
    </message>
</context>
<context>
    <name>gps::app::QueuePanel</name>
    <message>
        <source>What trains next?</source>
        <translation>接下来训练什么？</translation>
    </message>
    <message>
        <source>Queue of runs</source>
        <translation>运行队列</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>清除已结束</translation>
    </message>
    <message>
        <source>Run queue</source>
        <translation>运行队列</translation>
    </message>
    <message>
        <source>Pause queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Trains what waits, one run after the other.</source>
        <translation>依次训练等待中的运行。</translation>
    </message>
    <message>
        <source>Begins no further run; the one that runs goes on.</source>
        <translation>不再开始新的运行；正在进行的继续。</translation>
    </message>
    <message>
        <source>Nothing waits. “Add to queue” keeps a copy of the settings as they are at that moment.</source>
        <translation>没有等待的运行。“加入队列”会保存当时设置的副本。</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待的运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait; the queue is paused.</source>
        <translation>
            <numerusform>%n 个运行在等待；队列已暂停。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait for what runs now.</source>
        <translation>
            <numerusform>%n 个运行在等待当前任务。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait.</source>
        <translation>
            <numerusform>%n 个运行在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark a run first.</source>
        <translation>请先选中一个运行。</translation>
    </message>
    <message>
        <source>It is at the end already.</source>
        <translation>已在尽头。</translation>
    </message>
    <message>
        <source>Only runs that wait can be moved.</source>
        <translation>只能移动等待中的运行。</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+↑</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+↓</translation>
    </message>
    <message>
        <source>It runs; stop it first.</source>
        <translation>正在运行，请先停止。</translation>
    </message>
    <message>
        <source>Takes it off the queue; a run folder it has stays. Del</source>
        <translation>从队列中移除；已有的运行文件夹保留。Del</translation>
    </message>
    <message>
        <source>It did not fail.</source>
        <translation>它没有失败。</translation>
    </message>
    <message>
        <source>It waits again, and goes on from what it has saved.</source>
        <translation>重新等待，并从已保存的状态继续。</translation>
    </message>
    <message>
        <source>It has not begun.</source>
        <translation>尚未开始。</translation>
    </message>
    <message>
        <source>Nothing has ended.</source>
        <translation>没有已结束的运行。</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>%1 的日志</translation>
    </message>
</context>
<context>
    <name>gps::app::ReadingCard</name>
    <message>
        <source>Your readings are not on the disk.</source>
        <translation>您的阅片结果没有存到磁盘。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions.</source>
        <translation>请检查剩余空间和权限。</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已阅 %1 / %2</translation>
    </message>
    <message>
        <source>Reader: %1…</source>
        <translation>阅片者：%1…</translation>
    </message>
    <message>
        <source>Next image after rating</source>
        <translation>评分后转到下一幅</translation>
    </message>
    <message>
        <source>Where I left</source>
        <translation>上次离开处</translation>
    </message>
    <message>
        <source>Where I left: %1</source>
        <translation>上次离开处：%1</translation>
    </message>
    <message>
        <source>Save all readings as CSV…</source>
        <translation>全部阅片存为 CSV…</translation>
    </message>
    <message>
        <source>Save readings</source>
        <translation>保存阅片</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Save all readings as JSON…</source>
        <translation>全部阅片存为 JSON…</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <source>Who reads? Every reader&apos;s ratings are kept apart.</source>
        <translation>谁在阅片？每位阅片者的评分分开保存。</translation>
    </message>
    <message>
        <source>Your reading</source>
        <translation>您的阅片</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>1: useless … 5: perfect. Keys 1 to 5; the same key again takes it back.</source>
        <translation>1：无用 … 5：完美。按键 1 到 5；再按同一键撤回。</translation>
    </message>
    <message>
        <source>Add a remark…</source>
        <translation>添加备注…</translation>
    </message>
    <message>
        <source>Key R; Enter goes back to the picture.</source>
        <translation>按键 R；回车返回图像。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Reader, where I left, save</source>
        <translation>阅片者、上次离开处、保存</translation>
    </message>
</context>
<context>
    <name>gps::app::RunDetails</name>
    <message>
        <source>What do you say of it?</source>
        <translation>您怎么看？</translation>
    </message>
    <message>
        <source>Colour in the plots</source>
        <translation>图中的颜色</translation>
    </message>
    <message>
        <source>Colour and stroke of this run in every plot</source>
        <translation>该运行在所有图中的颜色与线型</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags: paper, ablation</source>
        <translation>标签：论文，消融</translation>
    </message>
    <message>
        <source>Words with commas between</source>
        <translation>用逗号分隔的词</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Move to the trash…</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>颜色 %1</translation>
    </message>
    <message>
        <source>Colour %1, dashed</source>
        <translation>颜色 %1，虚线</translation>
    </message>
    <message>
        <source>No run is chosen</source>
        <translation>未选择运行</translation>
    </message>
    <message>
        <source>Choose a run in the table.</source>
        <translation>请在表中选择一个运行。</translation>
    </message>
    <message>
        <source>No epoch has been scored.</source>
        <translation>尚无轮次被评估。</translation>
    </message>
    <message>
        <source>share of right pictures</source>
        <translation>正确图像的比例</translation>
    </message>
    <message>
        <source>mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>%1, best at epoch %2</source>
        <translation>%1，最佳为第 %2 轮次</translation>
    </message>
    <message>
        <source>%1; %2 against the baseline</source>
        <translation>%1；相对基线 %2</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Trainable values</source>
        <translation>可训练的值</translation>
    </message>
    <message>
        <source>Size of the delta</source>
        <translation>增量大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>峰值内存</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>计算精度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Make baseline</source>
        <translation>设为基线</translation>
    </message>
    <message>
        <source>GPS, %1</source>
        <translation>GPS，%1</translation>
    </message>
</context>
<context>
    <name>gps::app::RunPanel</name>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>How long?</source>
        <translation>需要多久？</translation>
    </message>
    <message>
        <source>What trains?</source>
        <translation>哪些在训练？</translation>
    </message>
    <message>
        <source>Best top-1</source>
        <translation>最佳 top-1</translation>
    </message>
    <message>
        <source>Best mean Dice</source>
        <translation>最佳平均 Dice</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Top-1</source>
        <translation>Top-1</translation>
    </message>
    <message>
        <source>Top-5</source>
        <translation>Top-5</translation>
    </message>
    <message>
        <source>EMA top-1</source>
        <translation>EMA top-1</translation>
    </message>
    <message>
        <source>Mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>平均 IoU</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>untuned</source>
        <translation>未微调</translation>
    </message>
    <message>
        <source>%1 (best)</source>
        <translation>%1（最佳）</translation>
    </message>
    <message>
        <source>Measured in %1.</source>
        <translation>以 %1 测得。</translation>
    </message>
    <message>
        <source>Measured in fp32; in %1 during training: %2.</source>
        <translation>以 fp32 测得；训练中以 %1 测得：%2。</translation>
    </message>
    <message>
        <source>There are no pictures to score, so nothing is known of its quality.</source>
        <translation>没有可评分的图片，因此无法得知其质量。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Known after the first epoch; share of the pictures whose likeliest class is right.</source>
        <translation>第一个轮次之后可知；最可能的类别正确的图像所占比例。</translation>
    </message>
    <message>
        <source>%1 points against the untuned model (%2), epoch %3, share of the pictures whose likeliest class is right</source>
        <translation>比未微调模型（%2）%1 个百分点，第 %3 轮次，最可能的类别正确的图像所占比例</translation>
    </message>
    <message>
        <source>epoch %1, share of the pictures whose likeliest class is right</source>
        <translation>第 %1 轮次，最可能的类别正确的图像所占比例</translation>
    </message>
    <message>
        <source>Known after the first epoch; mean over the validation pictures at threshold 0.5.</source>
        <translation>第一个轮次之后可知；验证图像的平均值，阈值 0.5。</translation>
    </message>
    <message>
        <source>%1 against the untuned model (%2), epoch %3, mean over the validation pictures at threshold 0.5</source>
        <translation>比未微调模型（%2）%1，第 %3 轮次，验证图像的平均值，阈值 0.5</translation>
    </message>
    <message>
        <source>epoch %1, mean over the validation pictures at threshold 0.5</source>
        <translation>第 %1 轮次，验证图像的平均值，阈值 0.5</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Remaining, about</source>
        <translation>预计剩余</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Steps per second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>Per epoch</source>
        <translation>每个轮次</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>Selected weights</source>
        <translation>已选权重</translation>
    </message>
    <message>
        <source>Encoder, with biases</source>
        <translation>编码器，含偏置</translation>
    </message>
    <message>
        <source>share of the encoder</source>
        <translation>占编码器</translation>
    </message>
    <message>
        <source>share of the model</source>
        <translation>占整个模型</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>已选权重</translation>
    </message>
    <message>
        <source>after the gradient pass</source>
        <translation>梯度计算之后</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>分类头</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Saved selection</source>
        <translation>已保存的选择</translation>
    </message>
    <message>
        <source>The curves and the pictures show the chosen epoch. Enter opens it in Cases.</source>
        <translation>曲线和图像显示所选轮次。按 Enter 在“病例”页打开。</translation>
    </message>
    <message>
        <source>counted when the run begins</source>
        <translation>运行开始时统计</translation>
    </message>
    <message>
        <source>Measured, as the record of the run says.</source>
        <translation>实测，取自运行记录。</translation>
    </message>
    <message>
        <source>Measured: the most that this program has held since the training began.</source>
        <translation>实测：训练开始以来本程序占用的最大内存。</translation>
    </message>
    <message>
        <source>Measured: the most that was taken on the graphics card since the training began.</source>
        <translation>实测：训练开始以来在显卡上占用的最大显存。</translation>
    </message>
    <message>
        <source>Memory, peak so far</source>
        <translation>目前的内存峰值</translation>
    </message>
    <message>
        <source>Memory, peak</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>with all weights, about</source>
        <translation>训练全部权重，约</translation>
    </message>
    <message>
        <source>Estimated: the same with value, gradient and two moments of all weights in place of those that train.</source>
        <translation>估计：同样的训练，但保存全部权重的值、梯度和两个动量，而不只是所训练的权重的。</translation>
    </message>
</context>
<context>
    <name>gps::app::RunPlots</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>K frontier</source>
        <translation>K 前沿</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Validation score</source>
        <translation>验证得分</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Drawn value</source>
        <translation>绘制的量</translation>
    </message>
    <message>
        <source>Mean ± sd over seeds</source>
        <translation>种子间均值 ± 标准差</translation>
    </message>
    <message>
        <source>One curve for the ticked runs that differ in their seed only</source>
        <translation>仅种子不同的已勾选运行合为一条曲线</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Tick runs to lay their curves over each other.</source>
        <translation>勾选运行即可叠放其曲线。</translation>
    </message>
    <message>
        <source>Differences of the settings</source>
        <translation>设置的差异</translation>
    </message>
    <message>
        <source>Drag along an axis to keep a range; table and curves follow.</source>
        <translation>沿轴拖动以保留一个范围；表格和曲线随之更新。</translation>
    </message>
    <message>
        <source>Clear ranges</source>
        <translation>清除范围</translation>
    </message>
    <message>
        <source>by K</source>
        <translation>按 K</translation>
    </message>
    <message>
        <source>by size</source>
        <translation>按大小</translation>
    </message>
    <message>
        <source>Finished runs with several K are drawn here: how good they are against K and against their size.</source>
        <translation>此处绘制多个 K 的已完成运行：效果与 K 及大小的关系。</translation>
    </message>
    <message>
        <source>Values for each K</source>
        <translation>各 K 的值</translation>
    </message>
    <message>
        <source>Mean over the seeds</source>
        <translation>种子间均值</translation>
    </message>
    <message>
        <source>Runs that differ in their seed only are put together here.</source>
        <translation>仅种子不同的运行在此合并。</translation>
    </message>
    <message>
        <source>How did they learn?</source>
        <translation>学得怎么样？</translation>
    </message>
    <message>
        <source>What is different?</source>
        <translation>有何不同？</translation>
    </message>
    <message>
        <source>Which settings win?</source>
        <translation>哪些设置更好？</translation>
    </message>
    <message>
        <source>How large must K be?</source>
        <translation>K 需要多大？</translation>
    </message>
    <message>
        <source>How much does the seed matter?</source>
        <translation>种子影响有多大？</translation>
    </message>
    <message>
        <source>%1 of %2 drawn</source>
        <translation>已绘制 %1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 ticked in sight</source>
        <translation>可见 %1 / %2 个已勾选</translation>
    </message>
    <message numerus="yes">
        <source>%n ticked</source>
        <translation>
            <numerusform>已勾选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>right pictures, %</source>
        <translation>正确图像（%）</translation>
    </message>
    <message>
        <source>mean Dice</source>
        <translation>平均 Dice</translation>
    </message>
    <message>
        <source>%1, mean of %2</source>
        <translation>%1，%2 个的均值</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1（基线）</translation>
    </message>
    <message>
        <source>Tick two runs or more to see in which settings they differ.</source>
        <translation>勾选两个或更多运行，查看它们的设置差异。</translation>
    </message>
    <message>
        <source>These runs have the same settings.</source>
        <translation>这些运行的设置相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) of %1 runs</source>
        <translation>
            <numerusform>%1 个运行的 %n 项设置</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 / %n 个运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>right pictures</source>
        <translation>正确图像</translation>
    </message>
    <message>
        <source>inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>sd</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>K = %1 is enough</source>
        <translation>K = %1 足够</translation>
    </message>
    <message>
        <source>K = %1 is enough: %2</source>
        <translation>K = %1 足够：%2</translation>
    </message>
    <message>
        <source>bars: ± sd over seeds; ring: smallest K within half a point of the best</source>
        <translation>误差线：种子间 ± 标准差；圆圈：与最佳相差半个百分点以内的最小 K</translation>
    </message>
    <message>
        <source>Mean of the best</source>
        <translation>最佳值的均值</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最高</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n 组</numerusform>
        </translation>
    </message>
    <message>
        <source>Save or copy what is shown</source>
        <translation>保存或复制当前内容</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>reading the steps…</source>
        <translation>正在读取各步…</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) kept no steps</source>
        <translation>
            <numerusform>%n 个运行没有保留各步</numerusform>
        </translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>按轮次</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>按步</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log both</source>
        <translation>双对数</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Over steps, training loss and learning rate have a point for every step that a run has kept.</source>
        <translation>按步时，训练损失和学习率对运行保留的每一步各有一个点。</translation>
    </message>
    <message>
        <source>Scale of the axes</source>
        <translation>坐标轴刻度</translation>
    </message>
    <message>
        <source>size of the delta, MB</source>
        <translation>增量大小，MB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
</context>
<context>
    <name>gps::app::RunsPage</name>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>CSV (*.csv);;Markdown (*.md);;LaTeX (*.tex)</source>
        <translation>CSV (*.csv);;Markdown (*.md);;LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>The table could not be saved.</source>
        <translation>表格无法保存。</translation>
    </message>
    <message>
        <source>Choose a folder that may be written to.</source>
        <translation>请选择可写的文件夹。</translation>
    </message>
    <message>
        <source>Stars, tags and notes could not be kept.</source>
        <translation>星标、标签和备注无法保存。</translation>
    </message>
    <message>
        <source>Check that the project may be written to.</source>
        <translation>请检查项目是否可写。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>Open in Cases</source>
        <translation>在病例中打开</translation>
    </message>
    <message>
        <source>Open in Train</source>
        <translation>在训练中打开</translation>
    </message>
    <message>
        <source>Which run is best?</source>
        <translation>哪个运行最好？</translation>
    </message>
    <message>
        <source>Tick all shown</source>
        <translation>勾选全部可见</translation>
    </message>
    <message>
        <source>Untick all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Runs belong to a project. Open one first.</source>
        <translation>运行属于项目。请先打开一个项目。</translation>
    </message>
    <message>
        <source>No run yet. Runs appear here once training has begun, also those of the command line in this project.</source>
        <translation>还没有运行。训练开始后会出现在这里，此项目中命令行的运行也一样。</translation>
    </message>
    <message>
        <source>Looking for runs…</source>
        <translation>正在查找运行…</translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation>前往主页</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 / %n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a run in the table.</source>
        <translation>请在表中选择一个运行。</translation>
    </message>
    <message>
        <source>This run cannot be read.</source>
        <translation>该运行无法读取。</translation>
    </message>
    <message>
        <source>Makes it the run on screen. Enter</source>
        <translation>设为当前显示的运行。Enter</translation>
    </message>
    <message>
        <source>Shows its pictures.</source>
        <translation>显示其图像。</translation>
    </message>
    <message>
        <source>There are no runs.</source>
        <translation>没有运行。</translation>
    </message>
    <message>
        <source>CSV, Markdown or LaTeX</source>
        <translation>CSV、Markdown 或 LaTeX</translation>
    </message>
    <message>
        <source>Move run %1 to the trash?</source>
        <translation>将运行 %1 移到回收站？</translation>
    </message>
    <message numerus="yes">
        <source>Move %n run(s) to the trash?</source>
        <translation>
            <numerusform>将 %n 个运行移到回收站？</numerusform>
        </translation>
    </message>
    <message>
        <source>Its folder with all deltas goes: %1</source>
        <translation>其文件夹及全部增量将被移走：%1</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Some runs could not be moved to the trash.</source>
        <translation>部分运行无法移到回收站。</translation>
    </message>
    <message>
        <source>This disk may have no trash. Delete the folder in the file manager.</source>
        <translation>此磁盘可能没有回收站。请在文件管理器中删除该文件夹。</translation>
    </message>
</context>
<context>
    <name>gps::app::SaveDialog</name>
    <message>
        <source>Save selection</source>
        <translation>保存选择</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>There is a selection of this name already. Choose another name.</source>
        <translation>已有同名的选择。请换一个名称。</translation>
    </message>
</context>
<context>
    <name>gps::app::SchemeCard</name>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>Budget of a layer</source>
        <translation>每层的预算</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>准则</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>For pictures with masks.</source>
        <translation>用于带掩码的图像。</translation>
    </message>
    <message>
        <source>For pictures sorted into classes.</source>
        <translation>用于按类别分好的图像。</translation>
    </message>
    <message>
        <source>Only a gradient has a loss.</source>
        <translation>只有梯度才有损失。</translation>
    </message>
    <message>
        <source>Biases and head always train, norms stay frozen.</source>
        <translation>偏置与分类头总是训练，归一化层保持冻结。</translation>
    </message>
    <message>
        <source>Biases always train, norms stay frozen.</source>
        <translation>偏置总是训练，归一化层保持冻结。</translation>
    </message>
    <message numerus="yes">
        <source>From %n training picture(s), mean loss %1.</source>
        <translation>
            <numerusform>来自 %n 张训练图像，平均损失 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Seed %1.</source>
        <translation>种子 %1。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>gps::app::SchemesCard</name>
    <message>
        <source>Where would they lie?</source>
        <translation>会落在哪里？</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Schemes at equal budget</source>
        <translation>相同预算下的方案</translation>
    </message>
    <message>
        <source>All at the same budget. Click one to take it over.</source>
        <translation>预算全部相同。单击即可采用。</translation>
    </message>
    <message>
        <source>Needs a pass of its own: choose it, then run the pass.</source>
        <translation>需要单独计算一次：先选用它，再计算梯度。</translation>
    </message>
    <message>
        <source>Four fit side by side. Take one away first.</source>
        <translation>最多并列四个。请先移走一个。</translation>
    </message>
    <message>
        <source>Put another scheme beside these.</source>
        <translation>再并列一个方案。</translation>
    </message>
    <message>
        <source>Add schemes to see where each would put the same number of weights.</source>
        <translation>添加方案，看看同样数量的权重各会落在哪里。</translation>
    </message>
    <message>
        <source>Each chooses %1 weights.</source>
        <translation>各选 %1 个权重。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Counted when it is chosen.</source>
        <translation>选用后才统计。</translation>
    </message>
    <message>
        <source>Beyond K = %1 only the chosen scheme is counted.</source>
        <translation>K 超过 %1 时只统计所选方案。</translation>
    </message>
</context>
<context>
    <name>gps::app::SelectionLibrary</name>
    <message>
        <source>Cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>Made on %1 (weights %2); the open model is %3 (weights %4).</source>
        <translation>在 %1（权重 %2）上得到；当前模型是 %3（权重 %4）。</translation>
    </message>
    <message>
        <source>Made on %1 (weights %2); %3 was made on %4 (weights %5).</source>
        <translation>在 %1（权重 %2）上得到；%3 是在 %4（权重 %5）上得到的。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>A name may not hold / \ : * ? &quot; &lt; &gt; | @ or begin with a dot.</source>
        <translation>名称不能含有 / \ : * ? &quot; &lt; &gt; | @，也不能以点开头。</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>名称过长。</translation>
    </message>
    <message>
        <source>There is a selection of this name already.</source>
        <translation>已有同名的参数选择。</translation>
    </message>
</context>
<context>
    <name>gps::app::SelectionPage</name>
    <message>
        <source>Selection</source>
        <translation>参数选择</translation>
    </message>
    <message>
        <source>Train with this</source>
        <translation>用它训练</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Selected weights per block</source>
        <translation>各模块的已选权重</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>encoder block</source>
        <translation>编码器模块</translation>
    </message>
    <message>
        <source>What would train?</source>
        <translation>哪些会训练？</translation>
    </message>
    <message>
        <source>before: K = %1</source>
        <translation>之前：K = %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>占 %2 的 %1</translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation>%1 个权重</translation>
    </message>
    <message>
        <source>Delta %1 per epoch</source>
        <translation>每个轮次增量 %1</translation>
    </message>
    <message>
        <source>Optimiser %1 instead of %2</source>
        <translation>优化器 %1，而非 %2</translation>
    </message>
    <message>
        <source>Selected weights</source>
        <translation>已选权重</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Rows of the weight matrices as stored.</source>
        <translation>按存储方式的权重矩阵行。</translation>
    </message>
    <message>
        <source>Encoder, with biases</source>
        <translation>编码器，含偏置</translation>
    </message>
    <message>
        <source>share of the encoder</source>
        <translation>占编码器</translation>
    </message>
    <message>
        <source>The mask decoder trains as a whole.</source>
        <translation>掩码解码器整体训练。</translation>
    </message>
    <message>
        <source>share of the model</source>
        <translation>占整个模型</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>The gradient needs a model. Choose pretrained weights first.</source>
        <translation>计算梯度需要模型。请先选择预训练权重。</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往模型</translation>
    </message>
    <message>
        <source>One pass over the training pictures shows which inputs of every neuron matter for this task.</source>
        <translation>遍历一次训练图像，即可看出每个神经元的哪些输入对此任务重要。</translation>
    </message>
    <message>
        <source>Run gradient pass</source>
        <translation>计算梯度</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新计算梯度</translation>
    </message>
    <message>
        <source>Run the gradient pass first.</source>
        <translation>请先计算梯度。</translation>
    </message>
    <message>
        <source>The classification head trains as a whole.</source>
        <translation>分类头整体训练。</translation>
    </message>
    <message>
        <source>The gradient needs pictures. Open a folder of pictures first.</source>
        <translation>计算梯度需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Mean score</source>
        <translation>平均得分</translation>
    </message>
    <message>
        <source>Selected share of each block</source>
        <translation>各模块的已选占比</translation>
    </message>
    <message>
        <source>Mean score of the selected</source>
        <translation>已选权重的平均得分</translation>
    </message>
    <message>
        <source>before: %1</source>
        <translation>之前：%1</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Estimate in fp32 with Adam: weights, gradient and the two moments. Activations come on top; the run measures them.</source>
        <translation>按 fp32 与 Adam 估计：权重、梯度和两个矩。激活另计，由运行时实测。</translation>
    </message>
    <message>
        <source>Of the weight matrices of the encoder.</source>
        <translation>编码器权重矩阵中的已选权重。</translation>
    </message>
    <message>
        <source>without score</source>
        <translation>得分为零</translation>
    </message>
    <message>
        <source>Neurons whose scores are all zero; at neuron level they still keep K inputs.</source>
        <translation>得分全为零的神经元；在神经元层级仍保留 K 个输入。</translation>
    </message>
    <message>
        <source>Selected weights, biases, bias tables and layer scale.</source>
        <translation>已选权重、偏置、偏置表和层缩放。</translation>
    </message>
    <message>
        <source>Trained values against all of the encoder&apos;s.</source>
        <translation>训练的数值占编码器全部的比例。</translation>
    </message>
    <message>
        <source>Trained values against all of the model&apos;s.</source>
        <translation>训练的数值占模型全部的比例。</translation>
    </message>
    <message>
        <source>Memory, about</source>
        <translation>内存（估计）</translation>
    </message>
    <message>
        <source>if dense, about</source>
        <translation>稠密时（估计）</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>of the former scheme</source>
        <translation>仍为先前的方案</translation>
    </message>
    <message>
        <source>This criterion needs no pass.</source>
        <translation>该准则不需要计算梯度。</translation>
    </message>
    <message>
        <source>Keeps this selection by a name, to compare it or to train from it later.</source>
        <translation>以名称保存该选择，供以后比较或训练。</translation>
    </message>
    <message>
        <source>Run the pass of the new scheme first.</source>
        <translation>请先按新方案计算梯度。</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>A share of %1 is set on the Train page, and K follows from it. Set it to 0 there to choose K.</source>
        <translation>训练页设置了 %1 的比例，K 由它得出。在那里设为 0 即可选择 K。</translation>
    </message>
    <message>
        <source>It is counted when the present job has ended.</source>
        <translation>当前任务结束后再统计。</translation>
    </message>
    <message>
        <source>K = %1 is beyond the slider, which ends at %2; it was counted for itself.</source>
        <translation>K = %1 超出滑块的范围（到 %2 为止），已单独统计。</translation>
    </message>
    <message>
        <source>The mask decoder stays as it is, as the Train page says.</source>
        <translation>按训练页的设置，掩码解码器保持不变。</translation>
    </message>
    <message>
        <source>In the mask decoder K inputs per neuron and the biases train, as the Train page says.</source>
        <translation>按训练页的设置，掩码解码器中每个神经元的 K 个输入和偏置参与训练。</translation>
    </message>
    <message>
        <source>of the former K</source>
        <translation>仍为先前的 K</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>blocks</comment>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>gps::app::Session</name>
    <message>
        <source>Open pictures first.</source>
        <translation>请先打开图像。</translation>
    </message>
    <message>
        <source>Choose weights first.</source>
        <translation>请先选择权重。</translation>
    </message>
    <message>
        <source>Wait until the present job has ended.</source>
        <translation>请等待当前任务结束。</translation>
    </message>
    <message>
        <source>The pictures hold no training split.</source>
        <translation>图像中没有训练集。</translation>
    </message>
    <message>
        <source>Run the gradient pass first.</source>
        <translation>请先计算梯度。</translation>
    </message>
    <message>
        <source>The pictures hold no validation split.</source>
        <translation>图像中没有验证集。</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n thread(s)</source>
        <translation>
            <numerusform>CPU，%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>This model outlines areas, but the pictures are sorted into classes. Choose other weights.</source>
        <translation>此模型用于勾画区域，而图像按类别划分。请选择其他权重。</translation>
    </message>
    <message>
        <source>This model tells classes apart, but the pictures come with masks. Choose other weights.</source>
        <translation>此模型用于区分类别，而图像带有掩码。请选择其他权重。</translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>Wait until the run that trains has ended.</source>
        <translation>请等待正在训练的运行结束。</translation>
    </message>
    <message>
        <source>These settings cannot train: %1.</source>
        <translation>这些设置无法训练：%1。</translation>
    </message>
    <message>
        <source>The project is being copied already.</source>
        <translation>项目正在复制中。</translation>
    </message>
    <message>
        <source>A run is training and writes to the project. Wait until it has ended, or stop it.</source>
        <translation>有运行正在训练并写入项目。请等它结束，或将其停止。</translation>
    </message>
    <message>
        <source>A run trains the weights that are open. Stop it or wait for its end, then choose others.</source>
        <translation>有一次训练正在使用已打开的权重。请停止训练或等它结束，然后再选择其他权重。</translation>
    </message>
</context>
<context>
    <name>gps::app::SettingsPage</name>
    <message>
        <source>No font with Chinese characters is installed. Install Noto Sans CJK SC to read the program in Chinese.</source>
        <translation>没有安装含中文字符的字体。请安装 Noto Sans CJK SC 以使用中文界面。</translation>
    </message>
    <message>
        <source>Chinese is drawn with %1.</source>
        <translation>中文使用字体 %1。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>How should it look?</source>
        <translation>外观如何？</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>On black</source>
        <translation>黑底</translation>
    </message>
    <message>
        <source>On white</source>
        <translation>白底</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Size of text and controls, %</source>
        <translation>文字和控件大小（%）</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Nothing slides or plays by itself.</source>
        <translation>不自动滑动或播放。</translation>
    </message>
    <message>
        <source>What happens at the start?</source>
        <translation>启动时做什么？</translation>
    </message>
    <message>
        <source>Open the last project again</source>
        <translation>重新打开上次的项目</translation>
    </message>
    <message>
        <source>Reset window layout</source>
        <translation>重置窗口布局</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Choose a command, press the new keys, then Set. Keys inside plots and pictures are listed by ? on each screen.</source>
        <translation>选择命令，按下新的按键，再点“设置”。图和图像中的按键请在各页面按 ? 查看。</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>All defaults</source>
        <translation>全部默认</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>For research only, not for diagnosis.</source>
        <translation>仅供研究，不用于诊断。</translation>
    </message>
    <message>
        <source>Pictures never leave this computer: the program makes no network connection, sends no statistics and needs no account.</source>
        <translation>图像不会离开本机：程序不联网、不发送统计数据、不需要账号。</translation>
    </message>
    <message>
        <source>GPS workbench %1, GPL 3.0 or later</source>
        <translation>GPS 工作台 %1，GPL 3.0 或更高版本</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>由您更改</translation>
    </message>
    <message>
        <source>“%1” goes without keys: “%2” has them.</source>
        <translation>“%1”没有按键：已被“%2”使用。</translation>
    </message>
    <message>
        <source>%1 is taken by “%2”. Choose other keys, or change that command first.</source>
        <translation>%1 已被“%2”使用。请选择其他按键，或先更改那个命令。</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>请按新按键</translation>
    </message>
</context>
<context>
    <name>gps::app::SharedCard</name>
    <message>
        <source>Shared with other tasks</source>
        <translation>与其他任务共享</translation>
    </message>
    <message>
        <source>Open comparison</source>
        <translation>打开比较</translation>
    </message>
    <message>
        <source>No other selection on these weights yet. Save this one, then select for another task.</source>
        <translation>在这些权重上还没有别的参数选择。请先保存这一个，再为另一任务做选择。</translation>
    </message>
    <message>
        <source>Known after the gradient pass.</source>
        <translation>梯度计算之后可知。</translation>
    </message>
    <message>
        <source>Waits until the present job has ended.</source>
        <translation>等待当前任务结束。</translation>
    </message>
    <message>
        <source>Jaccard with each saved selection. The tick is what chance would give.</source>
        <translation>与每个已保存选择的 Jaccard。短线是随机水平。</translation>
    </message>
</context>
<context>
    <name>gps::app::ShellActions</name>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开项目。</translation>
    </message>
    <message>
        <source>Open a project or pictures…</source>
        <translation>打开项目或图像…</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开演示项目</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Save the project as…</source>
        <translation>项目另存为…</translation>
    </message>
    <message>
        <source>Open recent project %1</source>
        <translation>打开最近的项目 %1</translation>
    </message>
    <message>
        <source>Open recent: %1</source>
        <translation>打开最近的：%1</translation>
    </message>
    <message>
        <source>No such project was opened yet.</source>
        <translation>还没有打开过这样的项目。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>还没有更改。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Nothing was undone.</source>
        <translation>没有可重做的内容。</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys of this screen</source>
        <translation>本页面的按键</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色和深色</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>High contrast on black</source>
        <translation>黑底高对比度</translation>
    </message>
    <message>
        <source>High contrast on white</source>
        <translation>白底高对比度</translation>
    </message>
    <message>
        <source>Switch the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>It is at 200 % already.</source>
        <translation>已经是 200 %。</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>It is at 100 % already.</source>
        <translation>已经是 100 %。</translation>
    </message>
    <message>
        <source>Text at 100 %</source>
        <translation>文字大小 100 %</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Reset window layout</source>
        <translation>重置窗口布局</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Run the gradient pass</source>
        <translation>运行梯度计算</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Pause or continue the run</source>
        <translation>暂停或继续运行</translation>
    </message>
    <message>
        <source>No run is training.</source>
        <translation>没有正在训练的运行。</translation>
    </message>
    <message>
        <source>Stop the present job</source>
        <translation>停止当前任务</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>没有正在进行的任务。</translation>
    </message>
    <message>
        <source>Not now.</source>
        <translation>现在不可用。</translation>
    </message>
    <message>
        <source>Keys on this screen: %1</source>
        <translation>本页面的按键：%1</translation>
    </message>
    <message>
        <source>Open the plan of a sweep…</source>
        <translation>打开扫描计划…</translation>
    </message>
    <message>
        <source>Open a gradient pass…</source>
        <translation>打开梯度计算结果…</translation>
    </message>
</context>
<context>
    <name>gps::app::SourceChoice</name>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Take this one away</source>
        <translation>移除这一个</translation>
    </message>
    <message>
        <source>best (%1)</source>
        <translation>最佳（%1）</translation>
    </message>
    <message>
        <source>last (%1)</source>
        <translation>最后（%1）</translation>
    </message>
    <message>
        <source>now</source>
        <translation>此刻</translation>
    </message>
    <message>
        <source>before training</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Training keeps versions of the model one after another, numbered as on the Runs page.</source>
        <translation>训练会依次保留模型的各个版本，编号与“运行”页一致。</translation>
    </message>
</context>
<context>
    <name>gps::app::StabilityCard</name>
    <message>
        <source>Stable</source>
        <translation>稳定性</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>with the end</source>
        <translation>与最终选择</translation>
    </message>
    <message>
        <source>with half as many</source>
        <translation>与一半批次</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>kept share of the scores</source>
        <translation>保留的得分占比</translation>
    </message>
    <message>
        <source>inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Stop the pass when settled</source>
        <translation>稳定后停止计算</translation>
    </message>
    <message>
        <source>Ends the next pass once two choices in a row agree with those of half as many batches by more than %1.</source>
        <translation>当连续两次选择与一半批次时的选择一致度超过 %1 时，结束下一次梯度计算。</translation>
    </message>
    <message>
        <source>How much is kept?</source>
        <translation>保留了多少？</translation>
    </message>
    <message>
        <source>When is it stable?</source>
        <translation>何时稳定？</translation>
    </message>
    <message>
        <source>Only a pass over the pictures can be watched.</source>
        <translation>只有对图像计算梯度时才能观察稳定性。</translation>
    </message>
    <message>
        <source>The pass had one batch: there is nothing to compare.</source>
        <translation>梯度计算只有一个批次，无从比较。</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已稳定</translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n batch(es): the choice agreed with that of half as many to %1.</source>
        <translation>
            <numerusform>在 %n 个批次后停止：与一半批次时选择的一致度为 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n batch(es) the choice agrees with the final one to %1.</source>
        <translation>
            <numerusform>%n 个批次后，与最终选择的一致度达 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was still changing after %n batch(es): %1 with the final choice.</source>
        <translation>
            <numerusform>%n 个批次后仍在变化：与最终选择的一致度为 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Of the choice that the pass was asked for: K = %1.</source>
        <translation>针对计算梯度时要求的选择：K = %1。</translation>
    </message>
    <message>
        <source>K = %1</source>
        <translation>K = %1</translation>
    </message>
    <message>
        <source>%1 of the weights hold %2 of the scores.</source>
        <translation>%1 的权重占得分的 %2。</translation>
    </message>
</context>
<context>
    <name>gps::app::StopQuestion</name>
    <message>
        <source>GPS workbench</source>
        <translation>GPS 工作台</translation>
    </message>
    <message>
        <source>Stop the run %1?</source>
        <translation>停止运行 %1？</translation>
    </message>
    <message>
        <source>What was learnt so far is kept, and the run can be resumed. Discarding moves its folder to the trash.</source>
        <translation>已学到的内容会保留，运行可以继续。丢弃会把其文件夹移到回收站。</translation>
    </message>
    <message>
        <source>Keep and stop</source>
        <translation>保留并停止</translation>
    </message>
    <message>
        <source>Discard %1</source>
        <translation>丢弃 %1</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
</context>
<context>
    <name>gps::app::SweepPanel</name>
    <message>
        <source>Which settings are best?</source>
        <translation>哪些设置最好？</translation>
    </message>
    <message>
        <source>Schemes</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Levels and criteria, such as: neuron, net, net random, layer magnitude; or other methods: full, bias.</source>
        <translation>层级和准则，例如：neuron, net, net random, layer magnitude；或其他方法：full, bias。</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, such as: 1, 3, 10.</source>
        <translation>每个神经元保留的输入数，例如：1, 3, 10。</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Such as: 1e-3, 3e-3.</source>
        <translation>例如：1e-3, 3e-3。</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Such as: 1, 2, 3; figures then come with their spread.</source>
        <translation>例如：1, 2, 3；结果会附带离散程度。</translation>
    </message>
    <message>
        <source>Lists, with commas: every combination becomes a run. What is left empty stays as in the settings.</source>
        <translation>用逗号分隔的列表：每种组合成为一个运行。留空的项沿用设置。</translation>
    </message>
    <message>
        <source>%1 that share %2.</source>
        <translation>%1，共用 %2。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gradient pass(es)</source>
        <translation>
            <numerusform>%n 次梯度计算</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message numerus="yes">
        <source>Add %n run(s) to the queue</source>
        <translation>
            <numerusform>将 %n 个运行加入队列</numerusform>
        </translation>
    </message>
    <message>
        <source>Give a list first.</source>
        <translation>请先填写列表。</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>去掉这些</translation>
    </message>
    <message>
        <source>Open plan…</source>
        <translation>打开计划…</translation>
    </message>
    <message>
        <source>Save plan…</source>
        <translation>保存计划…</translation>
    </message>
    <message>
        <source>such as %1</source>
        <translation>例如 %1</translation>
    </message>
    <message>
        <source>It varies %1, but the window trains with the model and the pictures that are open. Use gps sweep for this plan.</source>
        <translation>它改变 %1，但窗口只用已打开的模型和图片训练。请用 gps sweep 运行此计划。</translation>
    </message>
    <message>
        <source>Open the plan of a sweep</source>
        <translation>打开扫描计划</translation>
    </message>
    <message>
        <source>Plans (*.toml)</source>
        <translation>计划 (*.toml)</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>The plan also varies: %1</source>
        <translation>计划还改变：%1</translation>
    </message>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开一个项目。</translation>
    </message>
    <message>
        <source>Fills the form from a plan.toml; model and pictures stay.</source>
        <translation>用 plan.toml 填写表单；模型和图片不变。</translation>
    </message>
    <message>
        <source>Writes a plan.toml that gps sweep takes.</source>
        <translation>写出 gps sweep 可用的 plan.toml。</translation>
    </message>
</context>
<context>
    <name>gps::app::TrainDraft</name>
    <message>
        <source>The weights are chosen on the Model page.</source>
        <translation>权重在模型页选择。</translation>
    </message>
    <message>
        <source>The input size is chosen on the Model page.</source>
        <translation>输入尺寸在模型页选择。</translation>
    </message>
    <message>
        <source>The classes are those of the pictures.</source>
        <translation>类别由图像决定。</translation>
    </message>
    <message>
        <source>The window trains with this prompt only; use the command line for another.</source>
        <translation>窗口只用此提示训练；其他提示请用命令行。</translation>
    </message>
    <message>
        <source>The window trains with this preprocessing only; use the command line for another.</source>
        <translation>窗口只用此预处理训练；其他预处理请用命令行。</translation>
    </message>
    <message>
        <source>The pictures are opened on the Data page.</source>
        <translation>图像在数据页打开。</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>预设 %1</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>自定</translation>
    </message>
    <message>
        <source>This method selects no weights.</source>
        <translation>此方法不选择权重。</translation>
    </message>
    <message>
        <source>The selection file decides which weights train.</source>
        <translation>由参数选择文件决定训练哪些权重。</translation>
    </message>
    <message>
        <source>This method trains the decoder.</source>
        <translation>此方法训练解码器。</translation>
    </message>
    <message>
        <source>A warm-up trains the decoder, which is frozen.</source>
        <translation>预热会训练解码器，而解码器已冻结。</translation>
    </message>
    <message>
        <source>There are no warm-up epochs.</source>
        <translation>没有预热轮次。</translation>
    </message>
    <message>
        <source>This schedule ends at 1e-8.</source>
        <translation>此调度终于 1e-8。</translation>
    </message>
    <message>
        <source>The learning rate stays as it is.</source>
        <translation>学习率保持不变。</translation>
    </message>
    <message>
        <source>Dense gradients are computed in one way only.</source>
        <translation>稠密梯度只有一种计算方式。</translation>
    </message>
    <message>
        <source>The pictures hold no test split to score on.</source>
        <translation>图像没有可供评分的测试集。</translation>
    </message>
    <message>
        <source>On the CPU every run computes step by step.</source>
        <translation>在 CPU 上总是逐步计算。</translation>
    </message>
    <message>
        <source>A graphics card computes.</source>
        <translation>由显卡计算。</translation>
    </message>
    <message>
        <source>This is no TOML: %1</source>
        <translation>不是有效的 TOML：%1</translation>
    </message>
    <message>
        <source>There is no section %1.</source>
        <translation>没有名为 %1 的节。</translation>
    </message>
    <message>
        <source>There is no setting %1.</source>
        <translation>没有名为 %1 的设置。</translation>
    </message>
    <message>
        <source>%1 must be %2.</source>
        <translation>%1 必须是 %2。</translation>
    </message>
    <message>
        <source>K follows from the selected share; at 0 it can be chosen.</source>
        <translation>K 由选择比例得出；比例为 0 时可以选择。</translation>
    </message>
    <message>
        <source>This method trains all weights, the decoder&apos;s too.</source>
        <translation>此方法训练所有权重，包括解码器。</translation>
    </message>
    <message>
        <source>A preset fills in what the authors used for a data set.</source>
        <translation>预设会填入作者对某个数据集所用的设置。</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) are others than in the preset.</source>
        <translation>
            <numerusform>有 %n 项设置与预设不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>The authors&apos; settings. They took the gradient from the validation pictures; here it comes from the training pictures.</source>
        <translation>作者的设置。作者用验证图像计算梯度，这里用训练图像。</translation>
    </message>
    <message>
        <source>The authors&apos; settings, but for fp32 on the CPU; they computed in fp16 on a graphics card.</source>
        <translation>作者的设置，但在 CPU 上以 fp32 计算；作者在显卡上用 fp16。</translation>
    </message>
    <message>
        <source>The authors&apos; settings.</source>
        <translation>作者的设置。</translation>
    </message>
    <message>
        <source>This is the plan of a sweep. Open it with “Open plan…” under “Which settings are best?”.</source>
        <translation>这是一个扫描计划。请在“哪些设置最好？”下用“打开计划…”打开它。</translation>
    </message>
</context>
<context>
    <name>gps::app::TrainPage</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新运行</translation>
    </message>
    <message>
        <source>Training needs a model. Choose pretrained weights first.</source>
        <translation>训练需要模型。请先选择预训练权重。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Model</source>
        <translation>前往模型</translation>
    </message>
    <message>
        <source>Open the demo project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>The run is stopping.</source>
        <translation>运行正在停止。</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Training needs pictures. Open a folder of pictures first.</source>
        <translation>训练需要图像。请先打开图像文件夹。</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Keeps a copy of these settings and trains it when its turn comes.</source>
        <translation>保存这些设置的副本，轮到时训练。</translation>
    </message>
    <message>
        <source>Asks what becomes of the run. Ctrl+.</source>
        <translation>询问如何处理此运行。Ctrl+.</translation>
    </message>
    <message>
        <source>Go on with fewer pictures per step: %1</source>
        <translation>减少每步图像数后继续：%1</translation>
    </message>
    <message>
        <source>Go on with recomputing: slower, less memory</source>
        <translation>开启重算后继续：较慢，省内存</translation>
    </message>
    <message>
        <source>Go on in bf16</source>
        <translation>改用 bf16 继续</translation>
    </message>
    <message>
        <source>Go on with a third of the learning rate: %1</source>
        <translation>以三分之一的学习率继续：%1</translation>
    </message>
</context>
<context>
    <name>gps::app::VideoCurve</name>
    <message>
        <source>How large is the outlined area?</source>
        <translation>勾画面积有多大？</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Unit of the area</source>
        <translation>面积单位</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Unit of the time</source>
        <translation>时间单位</translation>
    </message>
    <message>
        <source>Outlined area over the frames of the video</source>
        <translation>视频各帧的勾画面积</translation>
    </message>
    <message>
        <source>The curve grows while the frames are looked at.</source>
        <translation>曲线随各帧的处理逐步生成。</translation>
    </message>
    <message>
        <source>Pictures of a folder have no times.</source>
        <translation>文件夹中的图像没有时间信息。</translation>
    </message>
    <message>
        <source>Time, s</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Area, pixels</source>
        <translation>面积（像素）</translation>
    </message>
    <message>
        <source>Above the threshold of %1</source>
        <translation>高于阈值 %1</translation>
    </message>
    <message>
        <source>%L1 of %L2 frames looked at</source>
        <translation>已处理 %L1 / %L2 帧</translation>
    </message>
    <message>
        <source>Area, %</source>
        <translation>面积（%）</translation>
    </message>
</context>
<context>
    <name>gps::app::VideoPage</name>
    <message>
        <source>Saving: %L1 of %L2 frames</source>
        <translation>正在保存：%L1 / %L2 帧</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Research use only, not for diagnosis</source>
        <translation>仅供研究使用，不用于诊断</translation>
    </message>
    <message>
        <source>Choose video…</source>
        <translation>选择视频…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>This video</source>
        <translation>该视频</translation>
    </message>
    <message>
        <source>Frames looked at</source>
        <translation>处理哪些帧</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>One in %1</source>
        <translation>每 %1 帧取一帧</translation>
    </message>
    <message>
        <source>The first frame appears here as soon as it is there.</source>
        <translation>第一帧读取后将显示在此处。</translation>
    </message>
    <message>
        <source>Videos (%1)</source>
        <translation>视频 (%1)</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Choose where the results go</source>
        <translation>选择结果的保存位置</translation>
    </message>
    <message>
        <source>All frames looked at…</source>
        <translation>所有已处理的帧…</translation>
    </message>
    <message>
        <source>This frame…</source>
        <translation>该帧…</translation>
    </message>
    <message>
        <source>The table of areas…</source>
        <translation>面积表…</translation>
    </message>
    <message>
        <source>Choose a video, or drop one on the window. Nothing of it leaves this computer.</source>
        <translation>选择一个视频，或将其拖到窗口上。任何内容都不会离开这台计算机。</translation>
    </message>
    <message>
        <source>A run is training. The video is looked at when it has ended.</source>
        <translation>有运行正在训练。结束后将处理该视频。</translation>
    </message>
    <message>
        <source>The video is looked at when the present job has ended.</source>
        <translation>当前任务结束后将处理该视频。</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) so far; the video does not say how many it has.</source>
        <translation>
            <numerusform>目前 %n 帧；视频未说明总帧数。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n frame(s).</source>
        <translation>
            <numerusform>已停止，已处理 %n 帧。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ended early after %n frame(s).</source>
        <translation>
            <numerusform>提前结束，已处理 %n 帧。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) looked at.</source>
        <translation>
            <numerusform>已处理 %n 帧。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) could not be read and were passed over, the first is %1.</source>
        <translation>
            <numerusform>有 %n 帧无法读取，已跳过，第一个是第 %1 帧。</numerusform>
        </translation>
    </message>
    <message>
        <source>The file announces %L1 frames but %L2 can be read: it may be cut short.</source>
        <translation>文件标称 %L1 帧，但只能读取 %L2 帧：文件可能不完整。</translation>
    </message>
    <message>
        <source>Stop saving</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>保存结果…</translation>
    </message>
    <message>
        <source>No frame has been looked at yet.</source>
        <translation>尚未处理任何帧。</translation>
    </message>
    <message>
        <source>Masks, frames with the outline and the table of areas, in a new folder.</source>
        <translation>掩码、带勾画的帧和面积表，存入新文件夹。</translation>
    </message>
    <message>
        <source>No video</source>
        <translation>无视频</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Width and height of a frame.</source>
        <translation>帧的宽和高。</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Counted while the video was read.</source>
        <translation>读取视频时计数所得。</translation>
    </message>
    <message>
        <source>As the file says; they are counted while it is read.</source>
        <translation>文件标称值；读取时会计数。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Time of the last frame; %1 frames per second, as the file says.</source>
        <translation>最后一帧的时间；文件标称每秒 %1 帧。</translation>
    </message>
    <message>
        <source>Time of the last frame.</source>
        <translation>最后一帧的时间。</translation>
    </message>
    <message>
        <source>Frame %L1: it cannot be read</source>
        <translation>第 %L1 帧：无法读取</translation>
    </message>
    <message>
        <source>Frame %L1: outlined are %2 of the picture, %3 pixels</source>
        <translation>第 %L1 帧：勾画面积占图像 %2，%3 像素</translation>
    </message>
    <message>
        <source>Frame %L1: left out, one in %2 is looked at</source>
        <translation>第 %L1 帧：已略过，每 %2 帧处理一帧</translation>
    </message>
    <message>
        <source>Frame %L1: nobody has looked at it yet</source>
        <translation>第 %L1 帧：尚未处理</translation>
    </message>
    <message>
        <source>Choose a video first.</source>
        <translation>请先选择一个视频。</translation>
    </message>
</context>
<context>
    <name>gps::app::VideoScrub</name>
    <message>
        <source>Frame of the video</source>
        <translation>视频的帧</translation>
    </message>
    <message>
        <source>Goes through the frames of the video. Keys ← and →, K plays.</source>
        <translation>逐帧浏览视频。按键 ← 和 →，K 播放。</translation>
    </message>
    <message>
        <source>Number of the frame</source>
        <translation>帧号</translation>
    </message>
    <message>
        <source>Number of the frame, from 0.</source>
        <translation>帧号，从 0 开始。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Stop (K)</source>
        <translation>停止（K）</translation>
    </message>
    <message>
        <source>Play (K)</source>
        <translation>播放（K）</translation>
    </message>
    <message>
        <source>Nothing plays by itself while motion is reduced (Settings).</source>
        <translation>已减少动态效果（设置），不自动播放。</translation>
    </message>
    <message>
        <source>of %L1</source>
        <translation>/ %L1</translation>
    </message>
</context>
<context>
    <name>gps::app::ViewCard</name>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>卷帘</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Show the same part in every pane again</source>
        <translation>各窗格重新显示同一部分</translation>
    </message>
    <message>
        <source>Choose a picture at the left.</source>
        <translation>请在左侧选择一幅图像。</translation>
    </message>
    <message>
        <source>There is nothing to compare with yet.</source>
        <translation>还没有可比较的预测。</translation>
    </message>
    <message>
        <source>The panes move together. Click to move one alone.</source>
        <translation>各窗格一起移动。点击后可单独移动。</translation>
    </message>
    <message>
        <source>Each pane moves alone. Click to move them together.</source>
        <translation>各窗格单独移动。点击后一起移动。</translation>
    </message>
    <message>
        <source>ground truth</source>
        <translation>金标准</translation>
    </message>
    <message>
        <source>found</source>
        <translation>正确标出</translation>
    </message>
    <message>
        <source>True positive: marked, and polyp.</source>
        <translation>真阳性：已标出，且是息肉。</translation>
    </message>
    <message>
        <source>too much</source>
        <translation>多标</translation>
    </message>
    <message>
        <source>False positive: marked, but no polyp.</source>
        <translation>假阳性：已标出，但不是息肉。</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏标</translation>
    </message>
    <message>
        <source>False negative: polyp, but not marked.</source>
        <translation>假阴性：是息肉，但未标出。</translation>
    </message>
    <message>
        <source>ground truth, ± %1 px fainter</source>
        <translation>金标准，± %1 px 内较淡</translation>
    </message>
    <message>
        <source>less … more probable, − 1 to + 1</source>
        <translation>概率降低 … 升高，− 1 至 + 1</translation>
    </message>
    <message>
        <source>The probability of the one shown, less that of the one it is compared with.</source>
        <translation>所显示预测的概率减去与之比较的预测的概率。</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测</translation>
    </message>
</context>
<context>
    <name>gps::ui</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 of %2%3</source>
        <translation>%1 / %2%3</translation>
    </message>
    <message>
        <source>%1%2/s</source>
        <translation>每秒 %1%2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>gps::ui::AuditModel</name>
    <message>
        <source>%1, interval %2</source>
        <translation>%1，区间 %2</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>gps::ui::AuditTable</name>
    <message>
        <source>Figures by definition</source>
        <translation>按定义列出的数值</translation>
    </message>
</context>
<context>
    <name>gps::ui::BlockBars</name>
    <message>
        <source>selected</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>of available</source>
        <translation>可选总数</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>patch</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>颈部</translation>
    </message>
    <message>
        <source>mean |score|</source>
        <translation>平均 |得分|</translation>
    </message>
</context>
<context>
    <name>gps::ui::BlockTreeModel</name>
    <message>
        <source>patch embedding</source>
        <translation>图块嵌入</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>颈部</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>downsampling %1</source>
        <translation>下采样 %1</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>模块 %1</translation>
    </message>
    <message>
        <source>%1 of %2 weights selected</source>
        <translation>已选 %1 个权重，共 %2 个</translation>
    </message>
    <message>
        <source>%1 weights</source>
        <translation>%1 个权重</translation>
    </message>
    <message>
        <source>%1 neurons</source>
        <translation>%1 个神经元</translation>
    </message>
    <message>
        <source>The tick acts on %1 in every block</source>
        <translation>此勾选作用于所有模块中的 %1</translation>
    </message>
    <message>
        <source>image encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>stage %1</source>
        <translation>阶段 %1</translation>
    </message>
</context>
<context>
    <name>gps::ui::BusyOverlay</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>gps::ui::CaseModel</name>
    <message>
        <source>Dice = 2TP / (2TP + FP + FN); 1 when truth and prediction are both empty</source>
        <translation>Dice = 2TP / (2TP + FP + FN)；金标准与预测都为空时为 1</translation>
    </message>
    <message>
        <source>IoU = TP / (TP + FP + FN); 1 when truth and prediction are both empty</source>
        <translation>IoU = TP / (TP + FP + FN)；金标准与预测都为空时为 1</translation>
    </message>
    <message>
        <source>Area of the ground truth in the picture</source>
        <translation>金标准在图像中的面积占比</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Precision = TP / (TP + FP); nothing marked: 1 if nothing was there, else 0</source>
        <translation>精确率 = TP / (TP + FP)；未标出时：本来就没有则为 1，否则为 0</translation>
    </message>
    <message>
        <source>Recall = TP / (TP + FN); 1 when nothing was there</source>
        <translation>召回率 = TP / (TP + FN)；本来就没有时为 1</translation>
    </message>
    <message>
        <source>Boundary F = 2PR / (P + R), P and R the shares of the predicted and the true outline within 0.75 % of the picture&apos;s diagonal of the other; both masks empty: 1, one empty: 0</source>
        <translation>边界 F = 2PR / (P + R)，P 与 R 是预测轮廓和真实轮廓中距对方不超过图像对角线 0.75 % 的部分；两个掩码都为空：1，只有一个为空：0</translation>
    </message>
    <message>
        <source>HD95 = 95th percentile of the distances of all outline pixels to the other outline, both directions together, in pixels of the source picture; both masks empty: 0, one empty: undefined</source>
        <translation>HD95 = 所有轮廓像素到对方轮廓距离的第 95 百分位数，两个方向合并，以原始图像的像素为单位；两个掩码都为空：0，只有一个为空：无定义</translation>
    </message>
    <message>
        <source>Area of the prediction in the picture</source>
        <translation>预测在图像中的面积</translation>
    </message>
    <message>
        <source>Your rating, 1 to 5</source>
        <translation>您的评分，1 到 5</translation>
    </message>
    <message>
        <source>Boundary F</source>
        <translation>边界 F</translation>
    </message>
    <message>
        <source>HD95, px</source>
        <translation>HD95，像素</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>标出</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>gps::ui::CaseTable</name>
    <message>
        <source>no ground truth</source>
        <translation>没有金标准</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>尚未评分</translation>
    </message>
    <message>
        <source>area %1 %</source>
        <translation>面积 %1 %</translation>
    </message>
    <message>
        <source>Filter by name or Dice &lt; 0.8</source>
        <translation>按名称或 Dice &lt; 0.8 筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Write a comparison as Dice &lt; 0.8</source>
        <translation>比较请写成 Dice &lt; 0.8</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>Undefined: either the ground truth or the prediction is empty.</source>
        <translation>无定义：金标准或预测为空。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>常用列</translation>
    </message>
    <message>
        <source>A part of the name, or a comparison of Dice, IoU, precision, recall, boundary, HD95, area, marked or rating such as Dice &lt; 0.8</source>
        <translation>名称的一部分，或对 dice、iou、precision、recall、boundary、hd95、area、marked 或 rating 的比较，例如 Dice &lt; 0.8</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>按 %1</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>反向排序</translation>
    </message>
</context>
<context>
    <name>gps::ui::ChoiceCounts</name>
    <message>
        <source>Positions by how many selections chose them</source>
        <translation>按被几个选择选中统计的位置</translation>
    </message>
    <message>
        <source>chosen by all %1</source>
        <translation>被全部 %1 个选中</translation>
    </message>
    <message numerus="yes">
        <source>chosen by exactly %n selection(s)</source>
        <translation>
            <numerusform>恰被 %n 个选择选中</numerusform>
        </translation>
    </message>
    <message>
        <source>positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>of all that were chosen</source>
        <translation>占全部被选位置</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>selections</source>
        <translation>选择数</translation>
    </message>
</context>
<context>
    <name>gps::ui::ClassList</name>
    <message>
        <source>%1: %2, not scored yet</source>
        <translation>%1：%2，尚未评分</translation>
    </message>
    <message>
        <source>%1: %2, recognised with %3</source>
        <translation>%1：%2，以 %3 的概率识别正确</translation>
    </message>
    <message>
        <source>%1: %2, taken for %3 with %4; the true class got %5</source>
        <translation>%1：%2，以 %4 的概率被当成 %3；真实类别的概率为 %5</translation>
    </message>
    <message>
        <source>Filter by class or name</source>
        <translation>按类别或名称筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>病例</translation>
    </message>
    <message>
        <source>→ %1 · %2</source>
        <translation>→ %1 · %2</translation>
    </message>
</context>
<context>
    <name>gps::ui::ClassTable</name>
    <message>
        <source>Find a class</source>
        <translation>查找类别</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>gps::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Search the commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>No command has these letters.</source>
        <translation>没有包含这些字符的命令。</translation>
    </message>
</context>
<context>
    <name>gps::ui::CompareView</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
</context>
<context>
    <name>gps::ui::ConfigText</name>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
</context>
<context>
    <name>gps::ui::ConfusionMatrix</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Rows are true classes, columns predicted ones. Arrows move, Enter chooses a cell.</source>
        <translation>行为真实类别，列为预测类别。方向键移动，回车选择一格。</translation>
    </message>
    <message>
        <source>%1, recognised</source>
        <translation>%1，识别正确</translation>
    </message>
    <message>
        <source>%1 taken for %2</source>
        <translation>%1 被当成 %2</translation>
    </message>
    <message>
        <source>This class has no pictures here.</source>
        <translation>此处没有该类别的图像。</translation>
    </message>
    <message>
        <source>%1 of %2 pictures of the class, %3</source>
        <translation>该类别 %2 幅图像中的 %1 幅，%3</translation>
    </message>
    <message>
        <source>predicted class</source>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>taken for another</source>
        <translation>被当成其他类别</translation>
    </message>
    <message>
        <source>recognised</source>
        <translation>识别正确</translation>
    </message>
    <message>
        <source>0 – 100 % of the class</source>
        <translation>占该类别的 0 – 100 %</translation>
    </message>
</context>
<context>
    <name>gps::ui::CurvePlot</name>
    <message>
        <source>smoothed, weight %1; raw values faint</source>
        <translation>平滑，权重 %1；浅色为原始值</translation>
    </message>
    <message>
        <source>band: lowest to highest per pixel</source>
        <translation>色带：每个像素的最低值到最高值</translation>
    </message>
    <message>
        <source>Show all. F</source>
        <translation>全部显示。F</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>%1, smoothed with weight %2</source>
        <translation>%1，以权重 %2 平滑</translation>
    </message>
</context>
<context>
    <name>gps::ui::DiffModel</name>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>gps::ui::DistributionBars</name>
    <message>
        <source>%1 – %2 · images: %3</source>
        <translation>%1 – %2 · 图像：%3</translation>
    </message>
</context>
<context>
    <name>gps::ui::ErrorBanner</name>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>gps::ui::FrontierPlot</name>
    <message>
        <source>K = %1</source>
        <translation>K = %1</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>the smallest K within half a point of the best</source>
        <translation>与最佳相差半个百分点以内的最小 K</translation>
    </message>
    <message>
        <source>Value against K or size</source>
        <translation>得分与 K 或大小的关系</translation>
    </message>
</context>
<context>
    <name>gps::ui::GoToField</name>
    <message>
        <source>Go to a number or name</source>
        <translation>转到序号或名称</translation>
    </message>
</context>
<context>
    <name>gps::ui::HeatStrip</name>
    <message>
        <source>Scores of %1</source>
        <translation>%1 的得分</translation>
    </message>
    <message>
        <source>Neuron %1, input %2</source>
        <translation>神经元 %1，输入 %2</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>input kept by</source>
        <translation>保留该输入的</translation>
    </message>
    <message>
        <source>%1 of neurons</source>
        <translation>%1 的神经元</translation>
    </message>
    <message>
        <source>Neurons %1, inputs %2</source>
        <translation>神经元 %1，输入 %2</translation>
    </message>
    <message>
        <source>largest %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, log scale</source>
        <translation>%1，对数刻度</translation>
    </message>
    <message>
        <source>Every score of this layer is zero.</source>
        <translation>该层的得分全为零。</translation>
    </message>
</context>
<context>
    <name>gps::ui::ImageViewer</name>
    <message>
        <source>p %1 at %2, %3</source>
        <translation>p %1，位于 %2, %3</translation>
    </message>
    <message>
        <source>p %1 → %2 (%3) at %4, %5</source>
        <translation>p %1 → %2（%3），位于 %4, %5</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>brightness %1, contrast × %2</source>
        <translation>亮度 %1，对比度 × %2</translation>
    </message>
</context>
<context>
    <name>gps::ui::JaccardMatrix</name>
    <message>
        <source>Jaccard of every pair of selections</source>
        <translation>每对参数选择的 Jaccard</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 与 %2</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>times chance</source>
        <translation>随机水平的倍数</translation>
    </message>
    <message>
        <source>%1   Jaccard; below it, by chance</source>
        <translation>%1   Jaccard；下方为随机水平</translation>
    </message>
    <message>
        <source>%1   Jaccard</source>
        <translation>%1   Jaccard</translation>
    </message>
</context>
<context>
    <name>gps::ui::KSlider</name>
    <message>
        <source>Inputs kept per neuron, K</source>
        <translation>每个神经元保留的输入数 K</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, K. PgUp and PgDn double and halve it, a double click returns to %1.</source>
        <translation>每个神经元保留的输入数 K。PgUp 和 PgDn 加倍和减半，双击恢复为 %1。</translation>
    </message>
</context>
<context>
    <name>gps::ui::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>gps::ui::OverlapBars</name>
    <message>
        <source>Jaccard with other selections</source>
        <translation>与其他选择的 Jaccard</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机水平</translation>
    </message>
</context>
<context>
    <name>gps::ui::OverlayPanel</name>
    <message>
        <source>Close. Esc</source>
        <translation>关闭。Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>gps::ui::ParallelPlot</name>
    <message>
        <source>Parallel coordinates of the runs</source>
        <translation>运行的平行坐标图</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) kept</source>
        <translation>
            <numerusform>保留 %1 / %n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1 从 %2 到 %3</translation>
    </message>
    <message>
        <source>%1, current axis</source>
        <translation>%1，当前轴</translation>
    </message>
    <message>
        <source>Runs that have a value are drawn here, each as a line over its settings.</source>
        <translation>有得分的运行绘于此处，每个运行是一条穿过其设置的线。</translation>
    </message>
</context>
<context>
    <name>gps::ui::PromptLayer</name>
    <message>
        <source>Box and points on the picture</source>
        <translation>图像上的框和点</translation>
    </message>
    <message>
        <source>Boxes: %1. Points that belong to it: %2. Points that do not: %3.</source>
        <translation>框：%1。属于该区域的点：%2。不属于的点：%3。</translation>
    </message>
</context>
<context>
    <name>gps::ui::PropertyForm</name>
    <message>
        <source>Between %1 and %2</source>
        <translation>%1 到 %2 之间</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>此处设置</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>键：%1</translation>
    </message>
    <message>
        <source>Key: %1 · default: %2</source>
        <translation>键：%1 · 默认：%2</translation>
    </message>
    <message>
        <source>Value from: %1</source>
        <translation>取值来源：%1</translation>
    </message>
    <message>
        <source>Key: %1 · unit: %2 · default: %3</source>
        <translation>键：%1 · 单位：%2 · 默认：%3</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>gps::ui::RunModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Starred; S or a click takes the star away</source>
        <translation>已加星标；按 S 或单击取消</translation>
    </message>
    <message>
        <source>S or a click gives a star</source>
        <translation>按 S 或单击加星标</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>no star</source>
        <translation>无星标</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Inputs kept per neuron, K, or the share of the weights</source>
        <translation>每个神经元保留的输入数 K，或权重的比例</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K</translation>
    </message>
    <message>
        <source>Level at which the budget is spent</source>
        <translation>分配预算的层级</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>What weights are ranked by</source>
        <translation>权重的排序依据</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>准则</translation>
    </message>
    <message>
        <source>Learning rate at the start</source>
        <translation>初始学习率</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Epochs done, of those planned</source>
        <translation>已完成 / 计划的轮次</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Value of the best epoch: Dice, mean over the pictures, or the share of right classes; in fp32 where it was measured so</source>
        <translation>最佳轮次的值：图像平均 Dice，或分类正确的比例；若以 fp32 测量则为该值</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Best value minus that of the baseline</source>
        <translation>最佳值减去基线的最佳值</translation>
    </message>
    <message>
        <source>To baseline</source>
        <translation>相对基线</translation>
    </message>
    <message>
        <source>Epoch of the best value</source>
        <translation>最佳值所在轮次</translation>
    </message>
    <message>
        <source>At epoch</source>
        <translation>所在轮次</translation>
    </message>
    <message>
        <source>Value of the last epoch, in the precision of training</source>
        <translation>最后一个轮次的值，按训练时的计算精度</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>Values that are trained, head or decoder with them</source>
        <translation>被训练的值，含分类头或解码器</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Size of the files that carry the best epoch</source>
        <translation>承载最佳轮次的文件大小</translation>
    </message>
    <message>
        <source>Delta</source>
        <translation>增量</translation>
    </message>
    <message>
        <source>Training and validation, selection not included</source>
        <translation>训练与验证，不含参数选择</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Highest memory</source>
        <translation>最高内存</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>峰值内存</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>计算精度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What speaks against its values: splits that leak, pictures it should not have been made from, weights that have seen them</source>
        <translation>使其分数存疑的原因：划分有泄漏、用了不该用的图像、权重见过这些图像</translation>
    </message>
    <message>
        <source>Leaks</source>
        <translation>数据泄漏</translation>
    </message>
</context>
<context>
    <name>gps::ui::RunTable</name>
    <message>
        <source>Filter runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>Hide failed</source>
        <translation>隐藏失败</translation>
    </message>
    <message>
        <source>Starred only</source>
        <translation>仅星标</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Space ticks a run for the plots, S stars it, B pins it as the baseline, Enter opens it, Delete deletes it.</source>
        <translation>空格勾选以绘图，S 加星标，B 设为基线，Enter 打开，Delete 删除。</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <source>Other metrics</source>
        <translation>其他指标</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Filter: a word, tag:paper, best &gt; 0.8</source>
        <translation>筛选：词语、tag:论文、best &gt; 0.8</translation>
    </message>
    <message>
        <source>Words of the name, state, method, tags and note, and comparisons of every column, such as best &gt; 0.8, k = 3, lr &lt;= 1e-3, weight_decay &gt; 0 or optimizer = sgd; all must hold.</source>
        <translation>名称、状态、方法、标签和备注中的词语，以及任一列的比较，例如 best &gt; 0.8、k = 3、lr &lt;= 1e-3、weight_decay &gt; 0 或 optimizer = sgd；须全部满足。</translation>
    </message>
    <message>
        <source>Write a comparison as best &gt; 0.8 or method = full</source>
        <translation>请将比较写成 best &gt; 0.8 或 method = full 的形式</translation>
    </message>
</context>
<context>
    <name>gps::ui::RunViewsButton</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Columns, order and filter of the table, kept under names</source>
        <translation>表格的列、排序和筛选，以名称保存</translation>
    </message>
    <message>
        <source>A view needs a name.</source>
        <translation>视图需要名称。</translation>
    </message>
    <message>
        <source>There is a view named “%1” already.</source>
        <translation>已有名为“%1”的视图。</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Rename view</source>
        <translation>重命名视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Newest first, usual columns</source>
        <translation>最新在前，常用列</translation>
    </message>
    <message>
        <source>Keep this view…</source>
        <translation>保存此视图…</translation>
    </message>
    <message>
        <source>Replace by this view</source>
        <translation>用此视图替换</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>gps::ui::SchemeBars</name>
    <message>
        <source>Take this scheme away</source>
        <translation>移走该方案</translation>
    </message>
    <message>
        <source>%1: %2 weights</source>
        <translation>%1：%2 个权重</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最高 %1</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
</context>
<context>
    <name>gps::ui::SelectionList</name>
    <message>
        <source>Selections</source>
        <translation>参数选择</translation>
    </message>
</context>
<context>
    <name>gps::ui::SharedBars</name>
    <message>
        <source>Shared and specific picks of each block</source>
        <translation>各块共享与特有的选取</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>chosen by all</source>
        <translation>被全部选中</translation>
    </message>
    <message>
        <source>by several</source>
        <translation>多个共有</translation>
    </message>
    <message>
        <source>chosen by both</source>
        <translation>两者都选中</translation>
    </message>
    <message>
        <source>by one only</source>
        <translation>仅一个</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>Jaccard by chance</source>
        <translation>Jaccard 随机水平</translation>
    </message>
    <message>
        <source>by all</source>
        <translation>全部共有</translation>
    </message>
    <message>
        <source>by both</source>
        <translation>两者共有</translation>
    </message>
</context>
<context>
    <name>gps::ui::ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>gps::ui::StatusStrip</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Show the page this job belongs to</source>
        <translation>显示此任务所在页面</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Research use only, not for diagnosis</source>
        <translation>仅供研究，不用于诊断</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>切换语言</translation>
    </message>
</context>
<context>
    <name>gps::ui::TablePanel</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the first %1 rows.</source>
        <translation>复制前 %1 行。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::UpsetBars</name>
    <message>
        <source>Positions by the selections that chose them</source>
        <translation>按选中它们的选择统计的位置</translation>
    </message>
    <message>
        <source>chosen by all</source>
        <translation>被全部选中</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>only by %1</source>
        <translation>仅被 %1 选中</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>of all that were chosen</source>
        <translation>占全部被选位置</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>占 %1</translation>
    </message>
    <message>
        <source>positions chosen by exactly these</source>
        <translation>恰被这些选择选中的位置</translation>
    </message>
    <message>
        <source>the largest %1 of %2 combinations</source>
        <translation>%2 个组合中最大的 %1 个</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 以及另外 %2 项</translation>
    </message>
    <message>
        <source>and %1 more in the table</source>
        <translation>另有 %1 项，见表格</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>runs</name>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Best value</source>
        <translation>最佳值</translation>
    </message>
</context>
<context>
    <name>splits</name>
    <message>
        <source>Training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>folder names</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>the pack file</source>
        <translation>打包文件</translation>
    </message>
</context>
</TS>
