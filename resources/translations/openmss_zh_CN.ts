<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About OpenMSS</source>
      <translation>关于 OpenMSS</translation>
    </message>
    <message>
      <source>An open telephone exchange for your desktop. Apache licence 2.0.</source>
      <translation>开放的桌面电话交换系统。Apache 许可证 2.0。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Data folder: {folder}</source>
      <translation>数据文件夹：{folder}</translation>
    </message>
  </context>
  <context>
    <name>Application</name>
    <message numerus="yes">
      <source>%n call(s) are in progress and will be ended.</source>
      <translation>
        <numerusform>当前有 %n 路通话，退出后将被挂断。</numerusform>
      </translation>
    </message>
    <message>
      <source>End the calls and quit</source>
      <translation>挂断并退出</translation>
    </message>
    <message>
      <source>Quit OpenMSS?</source>
      <translation>退出 OpenMSS？</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>不退出</translation>
    </message>
  </context>
  <context>
    <name>CallRecordsPage</name>
    <message numerus="yes">
      <source>%n call(s) shown</source>
      <translation>
        <numerusform>已显示 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>All results</source>
      <translation>全部结果</translation>
    </message>
    <message>
      <source>Answered</source>
      <translation>已接通</translation>
    </message>
    <message>
      <source>Any time</source>
      <translation>任何时间</translation>
    </message>
    <message>
      <source>Call records</source>
      <translation>呼叫记录</translation>
    </message>
    <message>
      <source>Clear the filter</source>
      <translation>清除筛选</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Last 31 days</source>
      <translation>最近 31 天</translation>
    </message>
    <message>
      <source>Last 7 days</source>
      <translation>最近 7 天</translation>
    </message>
    <message>
      <source>No call has been made yet. Every finished call is listed here.</source>
      <translation>还没有呼叫。每次通话结束后都会列在这里。</translation>
    </message>
    <message>
      <source>No call passes the filter.</source>
      <translation>没有符合筛选条件的呼叫。</translation>
    </message>
    <message>
      <source>Number of caller or called</source>
      <translation>主叫或被叫号码</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Show older calls</source>
      <translation>显示更早的呼叫</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message numerus="yes">
      <source>%n record(s) imported.</source>
      <translation>
        <numerusform>已导入 %n 条记录。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}.</source>
      <translation>
        <numerusform>已将 %n 条记录写入 {file}。</numerusform>
      </translation>
    </message>
    <message>
      <source>CSV files (*.csv *.txt)</source>
      <translation>CSV 文件 (*.csv *.txt)</translation>
    </message>
    <message>
      <source>Export the SIP trace</source>
      <translation>导出 SIP 跟踪</translation>
    </message>
    <message>
      <source>Export to a CSV file</source>
      <translation>导出到 CSV 文件</translation>
    </message>
    <message>
      <source>Import from a CSV file</source>
      <translation>从 CSV 文件导入</translation>
    </message>
    <message>
      <source>Packet captures (*.pcapng)</source>
      <translation>抓包文件 (*.pcapng)</translation>
    </message>
    <message>
      <source>Saved. Some of it counts after the next start of OpenMSS.</source>
      <translation>已保存。部分设置在下次启动 OpenMSS 后生效。</translation>
    </message>
    <message>
      <source>The manual could not be opened: no browser answered.</source>
      <translation>无法打开手册：没有可用的浏览器。</translation>
    </message>
    <message>
      <source>The trace is written to {file}.</source>
      <translation>跟踪已写入 {file}。</translation>
    </message>
    <message>
      <source>There is no generated password left to show. Set a new one in the extension's dialog.</source>
      <translation>没有可显示的初始密码了。可以在分机对话框中设置新密码。</translation>
    </message>
  </context>
  <context>
    <name>DashboardPage</name>
    <message>
      <source>Address for the phones</source>
      <translation>话机填写的地址</translation>
    </message>
    <message>
      <source>Connect a phone</source>
      <translation>连接话机</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>总览</translation>
    </message>
    <message>
      <source>Enter in the phone: this computer's address as server, the extension's number as user name, and its password. The phone then turns green on the page Extensions.</source>
      <translation>在话机中填写：服务器填本机地址，用户名填分机号码，密码填该分机的密码。注册成功后，“分机”页面中该分机变为绿色。</translation>
    </message>
    <message>
      <source>Listening on</source>
      <translation>监听地址</translation>
    </message>
    <message>
      <source>Read how, step by step</source>
      <translation>查看详细步骤</translation>
    </message>
    <message>
      <source>Refused logins</source>
      <translation>鉴权失败</translation>
    </message>
    <message>
      <source>Registrations</source>
      <translation>注册次数</translation>
    </message>
    <message>
      <source>Relayed sound packets</source>
      <translation>转发的语音包</translation>
    </message>
    <message>
      <source>Running for</source>
      <translation>已运行</translation>
    </message>
    <message>
      <source>SIP messages</source>
      <translation>SIP 消息</translation>
    </message>
    <message>
      <source>Server</source>
      <translation>服务器</translation>
    </message>
    <message>
      <source>Starting…</source>
      <translation>正在启动…</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Waiting for a restart</source>
      <translation>重启后生效</translation>
    </message>
    <message numerus="yes">
      <source>call(s) answered since the start</source>
      <translation>
        <numerusform>路呼叫已接通（启动以来）</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>call(s) failed since the start</source>
      <translation>
        <numerusform>路呼叫失败（启动以来）</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>call(s) in progress</source>
      <translation>
        <numerusform>路通话进行中</numerusform>
      </translation>
    </message>
    <message>
      <source>of {count} extensions registered</source>
      <translation>个分机已注册，共 {count} 个</translation>
    </message>
    <message>
      <source>{received} received, {sent} sent, {repeated} repeated</source>
      <translation>接收 {received}，发送 {sent}，重发 {repeated}</translation>
    </message>
  </context>
  <context>
    <name>ExtensionsPage</name>
    <message>
      <source>Add extension</source>
      <translation>添加分机</translation>
    </message>
    <message>
      <source>Add the first extension</source>
      <translation>添加第一个分机</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>清除搜索</translation>
    </message>
    <message>
      <source>Extensions</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>No extension matches the search.</source>
      <translation>没有符合搜索的分机。</translation>
    </message>
    <message>
      <source>Search number, description, device</source>
      <translation>搜索号码、描述、设备</translation>
    </message>
    <message>
      <source>There is no extension yet. A phone needs one to register and to be called.</source>
      <translation>还没有分机。话机需要一个分机才能注册和被呼叫。</translation>
    </message>
  </context>
  <context>
    <name>FieldEditor</name>
    <message>
      <source>Example: {example}</source>
      <translation>例如：{example}</translation>
    </message>
    <message>
      <source>Help on {field}</source>
      <translation>{field}的说明</translation>
    </message>
    <message>
      <source>e.g. {example}</source>
      <translation>例如 {example}</translation>
    </message>
    <message>
      <source>unchanged unless you type here</source>
      <translation>不填则保持不变</translation>
    </message>
  </context>
  <context>
    <name>FirstPasswordsDialog</name>
    <message>
      <source>Copy all</source>
      <translation>全部复制</translation>
    </message>
    <message>
      <source>Copy the password of {number}</source>
      <translation>复制 {number} 的密码</translation>
    </message>
    <message>
      <source>Enter one of them in each phone. The passwords were generated for you and are shown only until you have noted them; a new one can be set at any time.</source>
      <translation>在每部话机中填写其中一个。密码是随机生成的，记下之后就不再显示；以后可以随时设置新密码。</translation>
    </message>
    <message>
      <source>I have noted them</source>
      <translation>我已记下</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Server address for the phones: {addresses}</source>
      <translation>话机填写的服务器地址：{addresses}</translation>
    </message>
    <message>
      <source>Show again next time</source>
      <translation>下次再显示</translation>
    </message>
    <message>
      <source>Three extensions are ready</source>
      <translation>三个分机已准备好</translation>
    </message>
    <message>
      <source>Welcome to OpenMSS</source>
      <translation>欢迎使用 OpenMSS</translation>
    </message>
  </context>
  <context>
    <name>ImportDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Check again</source>
      <translation>重新检查</translation>
    </message>
    <message>
      <source>Errors in the file</source>
      <translation>文件中的错误</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Import {kind} from {file}</source>
      <translation>从 {file} 导入{kind}</translation>
    </message>
    <message>
      <source>Nothing is changed before you press Import.</source>
      <translation>按“导入”之前不会作任何更改。</translation>
    </message>
    <message>
      <source>Nothing is imported while a line has an error. Correct the file and check again.</source>
      <translation>只要有一行出错就不会导入。请改正文件后重新检查。</translation>
    </message>
    <message>
      <source>Read the file once more after you have corrected it</source>
      <translation>改正文件后重新读取</translation>
    </message>
    <message>
      <source>The file holds nothing that is not there already.</source>
      <translation>文件中没有新的内容。</translation>
    </message>
    <message>
      <source>Weak passwords: {count}.</source>
      <translation>弱密码：{count} 个。</translation>
    </message>
    <message>
      <source>{added} new, {changed} changed, {unchanged} unchanged, {bad} with errors</source>
      <translation>新增 {added}，更改 {changed}，不变 {unchanged}，出错 {bad}</translation>
    </message>
  </context>
  <context>
    <name>LiveCallsPage</name>
    <message>
      <source>End the selected calls (Delete)</source>
      <translation>挂断所选通话 (Delete)</translation>
    </message>
    <message>
      <source>Hang up</source>
      <translation>挂断</translation>
    </message>
    <message>
      <source>Live calls</source>
      <translation>实时呼叫</translation>
    </message>
    <message>
      <source>Nobody is on the phone.</source>
      <translation>当前没有通话。</translation>
    </message>
    <message>
      <source>Show past calls</source>
      <translation>查看呼叫记录</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
  </context>
  <context>
    <name>RecordDialog</name>
    <message>
      <source>Add – {kind}</source>
      <translation>添加 – {kind}</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Discard the changes?</source>
      <translation>放弃更改？</translation>
    </message>
    <message>
      <source>Go on editing</source>
      <translation>继续编辑</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>What you have entered is not saved yet.</source>
      <translation>输入的内容还没有保存。</translation>
    </message>
    <message>
      <source>{kind} {key}</source>
      <translation>{kind} {key}</translation>
    </message>
  </context>
  <context>
    <name>RecordListDialog</name>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Add the first one</source>
      <translation>添加第一条</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>清除搜索</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete {keys}? This cannot be undone.</source>
      <translation>删除 {keys}？此操作无法撤销。</translation>
    </message>
    <message>
      <source>Delete?</source>
      <translation>删除？</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Export CSV…</source>
      <translation>导出 CSV…</translation>
    </message>
    <message>
      <source>Import CSV…</source>
      <translation>导入 CSV…</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Nothing matches the search.</source>
      <translation>没有符合搜索的内容。</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>There is nothing here yet.</source>
      <translation>这里还没有内容。</translation>
    </message>
  </context>
  <context>
    <name>SecretEdit</name>
    <message>
      <source>Copy the password</source>
      <translation>复制密码</translation>
    </message>
    <message>
      <source>Generate a password</source>
      <translation>生成密码</translation>
    </message>
    <message>
      <source>Hide the password</source>
      <translation>隐藏密码</translation>
    </message>
    <message>
      <source>Show the password</source>
      <translation>显示密码</translation>
    </message>
  </context>
  <context>
    <name>SettingRow</name>
    <message>
      <source>Changed from the default</source>
      <translation>与默认值不同</translation>
    </message>
    <message>
      <source>Put the default back</source>
      <translation>恢复默认值</translation>
    </message>
    <message>
      <source>needs a restart</source>
      <translation>重启后生效</translation>
    </message>
  </context>
  <context>
    <name>SettingsDialog</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Discard the changes?</source>
      <translation>放弃更改？</translation>
    </message>
    <message>
      <source>Go on editing</source>
      <translation>继续编辑</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>设置分组</translation>
    </message>
    <message>
      <source>No setting matches the search.</source>
      <translation>没有符合搜索的设置。</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Search the settings</source>
      <translation>搜索设置</translation>
    </message>
    <message>
      <source>System</source>
      <translation>系统配置</translation>
    </message>
    <message>
      <source>What you have changed is not saved yet.</source>
      <translation>更改的内容还没有保存。</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close a dialog, empty a search</source>
      <translation>关闭对话框，清空搜索</translation>
    </message>
    <message>
      <source>Copy the chosen rows</source>
      <translation>复制所选行</translation>
    </message>
    <message>
      <source>Delete, or hang up</source>
      <translation>删除或挂断</translation>
    </message>
    <message>
      <source>Edit the chosen record</source>
      <translation>编辑所选记录</translation>
    </message>
    <message>
      <source>In lists</source>
      <translation>在列表中</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Open or edit the chosen row</source>
      <translation>打开或编辑所选行</translation>
    </message>
  </context>
  <context>
    <name>StartupFailureDialog</name>
    <message>
      <source>A number from 1 to 65535</source>
      <translation>请填 1 到 65535 之间的数字</translation>
    </message>
    <message>
      <source>Close the other program and try again, or use another port.</source>
      <translation>请关闭那个程序后重试，或换一个端口。</translation>
    </message>
    <message>
      <source>Nothing was changed. Remove the cause and try again.</source>
      <translation>没有作任何更改。请排除原因后重试。</translation>
    </message>
    <message>
      <source>OpenMSS could not start</source>
      <translation>OpenMSS 无法启动</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n 路通话</numerusform>
      </translation>
    </message>
    <message>
      <source>Registered {count} of {total}</source>
      <translation>已注册 {count} / {total}</translation>
    </message>
    <message>
      <source>Running – {addresses}</source>
      <translation>运行中 – {addresses}</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
  </context>
  <context>
    <name>TraceDetails</name>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Filter the list by this Call-ID</source>
      <translation>按此 Call-ID 筛选列表</translation>
    </message>
    <message>
      <source>Full text of the message</source>
      <translation>消息全文</translation>
    </message>
    <message>
      <source>No message chosen</source>
      <translation>未选择消息</translation>
    </message>
    <message>
      <source>Only this call</source>
      <translation>仅此呼叫</translation>
    </message>
    <message>
      <source>Show all messages of this call together</source>
      <translation>一起显示该呼叫的全部消息</translation>
    </message>
    <message>
      <source>Whole call</source>
      <translation>整个呼叫</translation>
    </message>
  </context>
  <context>
    <name>TracePage</name>
    <message>
      <source>All methods</source>
      <translation>全部方法</translation>
    </message>
    <message>
      <source>Any text in the message</source>
      <translation>消息中的任意文字</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清空</translation>
    </message>
    <message>
      <source>Clear the filter</source>
      <translation>清除筛选</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>Extension</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Filter by extension</source>
      <translation>按分机筛选</translation>
    </message>
    <message>
      <source>Filter by method</source>
      <translation>按方法筛选</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>跟随</translation>
    </message>
    <message>
      <source>Forget all captured messages</source>
      <translation>清除全部已记录的消息</translation>
    </message>
    <message>
      <source>Keep the newest message in sight</source>
      <translation>始终显示最新的消息</translation>
    </message>
    <message>
      <source>No SIP message yet. As soon as a phone says something, it appears here.</source>
      <translation>还没有 SIP 消息。话机一发出消息就会显示在这里。</translation>
    </message>
    <message>
      <source>No message passes the filter.</source>
      <translation>没有符合筛选条件的消息。</translation>
    </message>
    <message>
      <source>One call only</source>
      <translation>仅一个呼叫</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>已暂停</translation>
    </message>
    <message>
      <source>SIP messages</source>
      <translation>SIP 消息</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
    <message>
      <source>Save the shown messages for Wireshark, without passwords</source>
      <translation>保存所显示的消息供 Wireshark 使用，不含密码</translation>
    </message>
    <message>
      <source>Show all messages again</source>
      <translation>重新显示全部消息</translation>
    </message>
    <message>
      <source>Stop the list; messages are still captured</source>
      <translation>停止更新列表；消息仍继续记录</translation>
    </message>
  </context>
  <context>
    <name>_CallDetails</name>
    <message>
      <source>Began, answered, ended</source>
      <translation>开始、应答、结束</translation>
    </message>
    <message>
      <source>Caller's address</source>
      <translation>主叫地址</translation>
    </message>
    <message>
      <source>Messages of this call</source>
      <translation>此呼叫的消息</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Talked</source>
      <translation>通话时长</translation>
    </message>
    <message>
      <source>from the called</source>
      <translation>来自被叫</translation>
    </message>
    <message>
      <source>from the caller</source>
      <translation>来自主叫</translation>
    </message>
    <message>
      <source>{side}: {packets} packets, {lost} lost, jitter {jitter} ms</source>
      <translation>{side}：{packets} 个包，丢失 {lost}，抖动 {jitter} 毫秒</translation>
    </message>
  </context>
  <context>
    <name>_ExtensionDetails</name>
    <message>
      <source>Call records</source>
      <translation>呼叫记录</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>No device is registered. Enter this computer's address, the number and its password in the phone.</source>
      <translation>没有设备注册。请在话机中填写本机地址、号码及其密码。</translation>
    </message>
    <message>
      <source>Registered devices</source>
      <translation>已注册的设备</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
  </context>
  <context>
    <name>_NoticeCard</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>{kind}: {sentence}</source>
      <translation>{kind}：{sentence}</translation>
    </message>
  </context>
  <context>
    <name>columns</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Answered by</source>
      <translation>接听方</translation>
    </message>
    <message>
      <source>Bytes</source>
      <translation>字节</translation>
    </message>
    <message>
      <source>CSeq</source>
      <translation>CSeq</translation>
    </message>
    <message>
      <source>Called</source>
      <translation>被叫</translation>
    </message>
    <message>
      <source>Caller</source>
      <translation>主叫</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contact</translation>
    </message>
    <message>
      <source>Date and time</source>
      <translation>日期和时间</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>描述</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Duration</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>From</source>
      <translation>主叫</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>Peer</source>
      <translation>对端</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>记录</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>SIP</source>
      <translation>SIP</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Talked</source>
      <translation>通话时长</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>To</source>
      <translation>被叫</translation>
    </message>
    <message>
      <source>Transport</source>
      <translation>传输</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>有效至</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>错误原因</translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>call.gone</source>
      <translation>该呼叫（{id}）已经结束。</translation>
    </message>
    <message>
      <source>control.bug</source>
      <translation>命令 {command} 执行时内部出错。详情见日志。</translation>
    </message>
    <message>
      <source>control.no_answer</source>
      <translation>运行中的服务器没有应答（{path}）。请稍后重试。</translation>
    </message>
    <message>
      <source>control.no_server</source>
      <translation>该数据文件夹（{path}）上没有运行中的服务器，无法执行 {command}。</translation>
    </message>
    <message>
      <source>control.not_opened</source>
      <translation>无法打开控制通道（{path}）。</translation>
    </message>
    <message>
      <source>control.unknown</source>
      <translation>未知命令：{command}。</translation>
    </message>
    <message>
      <source>control.unreachable</source>
      <translation>无法连接运行中的服务器（{path}）。</translation>
    </message>
    <message>
      <source>csv.broken</source>
      <translation>该文件不是有效的 CSV。请重新另存为 CSV。</translation>
    </message>
    <message>
      <source>csv.cells</source>
      <translation>第 {line} 行的单元格多于列数。含逗号的文字请加引号。</translation>
    </message>
    <message>
      <source>csv.column_twice</source>
      <translation>列“{name}”出现了两次。</translation>
    </message>
    <message>
      <source>csv.empty</source>
      <translation>文件是空的。第一行必须是列名。</translation>
    </message>
    <message>
      <source>csv.no_key</source>
      <translation>缺少列“{name}”。第一行必须是列名。</translation>
    </message>
    <message>
      <source>csv.not_text</source>
      <translation>无法读取该文件的文字。请在电子表格中另存为“CSV UTF-8”。</translation>
    </message>
    <message>
      <source>csv.twice</source>
      <translation>此号码在第 {first} 行已经出现。请删除其中一行。</translation>
    </message>
    <message>
      <source>csv.unknown_column</source>
      <translation>未知的列“{name}”。可用的列：{known}。</translation>
    </message>
    <message>
      <source>database.closed</source>
      <translation>数据库已关闭：OpenMSS 正在停止。</translation>
    </message>
    <message>
      <source>database.damaged</source>
      <translation>数据库 {path} 已损坏（{verdict}）。请从备份中恢复。</translation>
    </message>
    <message>
      <source>database.newer</source>
      <translation>数据库 {path} 由更新版本的 OpenMSS 创建（版本 {found}，本程序支持 {known}）。请升级 OpenMSS。</translation>
    </message>
    <message>
      <source>database.not_a_database</source>
      <translation>{path} 不是 OpenMSS 的数据库。请移走该文件，或选择另一个数据文件夹。</translation>
    </message>
    <message>
      <source>engine.stopped</source>
      <translation>服务器没有运行。</translation>
    </message>
    <message>
      <source>extension.address_too_wide</source>
      <translation>IP 地址授权：/0 网段会让任何人无需密码就能呼叫。请缩小范围。</translation>
    </message>
    <message>
      <source>extension.devices_unused</source>
      <translation>只有启用“一号多机”时，最大设备数才有效。</translation>
    </message>
    <message>
      <source>extension.number</source>
      <translation>“{value}”不能作为分机号码。请使用 1 到 16 位数字。</translation>
    </message>
    <message>
      <source>extension.password_is_number</source>
      <translation>密码与号码相同，攻击者首先就会尝试。请另选密码。</translation>
    </message>
    <message>
      <source>extension.password_missing</source>
      <translation>该分机没有密码。请填写密码，以免他人用此号码注册。</translation>
    </message>
    <message>
      <source>extension.password_weak</source>
      <translation>密码较弱：请至少使用 8 个字符，并混合字母和数字。</translation>
    </message>
    <message>
      <source>file.not_readable</source>
      <translation>无法读取文件 {path}：{reason}。</translation>
    </message>
    <message>
      <source>file.not_writable</source>
      <translation>无法写入文件 {path}：{reason}。</translation>
    </message>
    <message>
      <source>file.too_large</source>
      <translation>文件 {path} 超过 32 MB。</translation>
    </message>
    <message>
      <source>folder.in_use</source>
      <translation>数据文件夹 {path} 正被另一个 OpenMSS 使用（{owner}）。请先关闭它，或选择另一个数据文件夹。</translation>
    </message>
    <message>
      <source>folder.not_writable</source>
      <translation>数据文件夹 {path} 无法写入。请给予当前用户写入权限。</translation>
    </message>
    <message>
      <source>kind.unknown</source>
      <translation>没有“{name}”这种记录。可用：{known}。</translation>
    </message>
    <message>
      <source>log.not_writable</source>
      <translation>日志文件夹 {path} 无法写入。请给予当前用户写入权限。</translation>
    </message>
    <message>
      <source>media.socket</source>
      <translation>无法在 {host} 上打开语音端口：{reason}</translation>
    </message>
    <message>
      <source>net.bind_address</source>
      <translation>“{value}”不是可以监听的 IP 地址。例如填写 0.0.0.0 或 ::。</translation>
    </message>
    <message>
      <source>net.port</source>
      <translation>无法打开 {host} 的 {transport} 端口 {port}（{reason}）。本机是否运行着其他电话系统或软电话？</translation>
    </message>
    <message>
      <source>record.duplicate</source>
      <translation>{key} 已经存在。请使用另一个号码。</translation>
    </message>
    <message>
      <source>record.key_fixed</source>
      <translation>{key} 的编号不能更改。请添加新的记录。</translation>
    </message>
    <message>
      <source>record.unknown</source>
      <translation>没有 {key} 这条记录，可能已被删除。</translation>
    </message>
    <message>
      <source>setting.bind_address</source>
      <translation>监听地址：请填写本机的地址，而不是网段。留空表示全部地址。</translation>
    </message>
    <message>
      <source>setting.expires_order</source>
      <translation>注册时间必须由短到长：最短、默认、最长（现为 {register_min_expires}、{register_default_expires}、{register_max_expires}）。</translation>
    </message>
    <message>
      <source>setting.no_value</source>
      <translation>请写：set setting {key} value=…</translation>
    </message>
    <message>
      <source>setting.ports_equal</source>
      <translation>SIP 和 TLS 不能共用端口 {sip_port}。请选择两个不同的端口。</translation>
    </message>
    <message>
      <source>setting.public_address</source>
      <translation>公网地址：“{value}”既不是 IP 地址也不是域名。例如填写 203.0.113.7 或 pbx.example.com。</translation>
    </message>
    <message>
      <source>setting.read_only</source>
      <translation>此项在创建数据库时已固定，不能更改。</translation>
    </message>
    <message>
      <source>setting.rtp_range</source>
      <translation>RTP 端口 {rtp_low}-{rtp_high}：每路通话占用四个端口，请扩大范围。</translation>
    </message>
    <message>
      <source>setting.sip_port_in_rtp</source>
      <translation>SIP 端口 {sip_port} 位于 RTP 端口 {rtp_low}-{rtp_high} 之内。请选择范围以外的端口。</translation>
    </message>
    <message>
      <source>setting.unknown</source>
      <translation>没有“{key}”这项设置。</translation>
    </message>
    <message>
      <source>setting.user_agent</source>
      <translation>消息中的程序名：请只使用 ASCII 字符，否则有些话机会拒绝。</translation>
    </message>
    <message>
      <source>tls.authorities</source>
      <translation>文件 {path} 中没有可用的 CA 证书。</translation>
    </message>
    <message>
      <source>tls.expired</source>
      <translation>证书 {path} 已于 {date} 过期。</translation>
    </message>
    <message>
      <source>tls.folder</source>
      <translation>无法将 TLS 证书写入 {folder}（{reason}）。</translation>
    </message>
    <message>
      <source>tls.incomplete</source>
      <translation>TLS 证书需要对应的私钥：请同时设置两个文件，或都不设置。</translation>
    </message>
    <message>
      <source>tls.key_encrypted</source>
      <translation>私钥 {path} 有密码保护。请先去除密码，例如使用“openssl pkey -in KEY -out NEWKEY”。</translation>
    </message>
    <message>
      <source>tls.key_mismatch</source>
      <translation>私钥与证书不匹配（{path}）。</translation>
    </message>
    <message>
      <source>tls.missing</source>
      <translation>文件 {path} 不存在。</translation>
    </message>
    <message>
      <source>tls.not_a_certificate</source>
      <translation>文件 {path} 不是 PEM 格式的证书。</translation>
    </message>
    <message>
      <source>tls.not_a_key</source>
      <translation>文件 {path} 不是 PEM 格式的私钥。</translation>
    </message>
    <message>
      <source>tls.not_yet_valid</source>
      <translation>证书 {path} 在 {date} 之前无效。本机时间是否正确？</translation>
    </message>
    <message>
      <source>tls.refused</source>
      <translation>无法使用证书 {path}：{reason}。</translation>
    </message>
    <message>
      <source>tls.unreadable</source>
      <translation>无法读取文件 {path}（{reason}）。</translation>
    </message>
    <message>
      <source>trace.disk</source>
      <translation>无法将 SIP 跟踪写入 {folder}（{reason}）。在磁盘恢复之前只保留在内存中：请释放空间或检查权限。</translation>
    </message>
    <message>
      <source>trace.gone</source>
      <translation>消息 {id} 已不在跟踪中。</translation>
    </message>
    <message>
      <source>value.not_address</source>
      <translation>{label}：“{value}”不是 IP 地址。例如填写 192.168.1.20 或 192.168.1.0/24。</translation>
    </message>
    <message>
      <source>value.not_boolean</source>
      <translation>{label}：“{value}”既不是“是”也不是“否”。</translation>
    </message>
    <message>
      <source>value.not_choice</source>
      <translation>{label}：“{value}”不在可选项中。请选择：{known}。</translation>
    </message>
    <message>
      <source>value.not_digits</source>
      <translation>{label}：“{value}”不能拨打。请使用数字 0-9、* 和 #，前面可加 +。</translation>
    </message>
    <message>
      <source>value.not_integer</source>
      <translation>{label}：“{value}”不是整数。</translation>
    </message>
    <message>
      <source>value.not_network</source>
      <translation>{label}：“{value}”是网段中的一个地址。是否指 {meant}？</translation>
    </message>
    <message>
      <source>value.not_printable</source>
      <translation>{label}含有换行或其他不可显示的字符。请删除。</translation>
    </message>
    <message>
      <source>value.not_text</source>
      <translation>{label}必须是文字，而不是 {value}。</translation>
    </message>
    <message>
      <source>value.out_of_range</source>
      <translation>{label}：{value} 超出范围。请填写 {low} 到 {high} 之间的数字。</translation>
    </message>
    <message>
      <source>value.required</source>
      <translation>请填写{label}。</translation>
    </message>
    <message>
      <source>value.too_long</source>
      <translation>{label}有 {length} 个字符，最多 {longest} 个。请缩短。</translation>
    </message>
    <message>
      <source>value.twice</source>
      <translation>同一个字段给出了两次。</translation>
    </message>
    <message>
      <source>value.unknown_field</source>
      <translation>没有“{name}”这个字段。</translation>
    </message>
    <message>
      <source>vault.damaged</source>
      <translation>无法读取密钥文件 {path}。请从备份中恢复。</translation>
    </message>
    <message>
      <source>vault.locked</source>
      <translation>系统密钥库已锁定。请登录桌面并解锁，然后重试。</translation>
    </message>
    <message>
      <source>vault.no_key</source>
      <translation>密钥文件 {path} 不见了。请从数据文件夹的备份中恢复，或重新输入密码。</translation>
    </message>
    <message>
      <source>vault.not_writable</source>
      <translation>{path} 无法写入。请给予当前用户写入权限。</translation>
    </message>
    <message>
      <source>vault.wrong_key</source>
      <translation>无法读取保存的密码：它是用另一个密钥保存的（{path}）。请恢复对应的文件，或重新输入密码。</translation>
    </message>
  </context>
  <context>
    <name>fields</name>
    <message>
      <source>A PEM file with your certificate and its chain. Empty: OpenMSS makes its own.</source>
      <translation>包含证书及证书链的 PEM 文件。留空：OpenMSS 自行生成。</translation>
    </message>
    <message>
      <source>A disabled extension cannot register, call or be called; all that is set for it is kept.</source>
      <translation>停用的分机不能注册、呼出和被叫；其配置全部保留。</translation>
    </message>
    <message>
      <source>A person or a place. Shown in lists, and to the called party as the caller's name.</source>
      <translation>人名或地点。显示在列表中，并作为主叫姓名显示给被叫。</translation>
    </message>
    <message>
      <source>A phone at one of these IP addresses or networks may call as this extension without registering and without a password. Empty: the password is always needed.</source>
      <translation>位于这些 IP 地址或网段的话机无需注册、无需密码即可作为该分机呼叫。留空：始终需要密码。</translation>
    </message>
    <message>
      <source>A phone that asks for less is told to ask for this much (423, RFC 3261 10.3).</source>
      <translation>话机要求的时间更短时，会被告知至少使用此值（423，RFC 3261 10.3）。</translation>
    </message>
    <message>
      <source>A phone that asks for more gets this much.</source>
      <translation>话机要求的时间更长时，按此值处理。</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>高级</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Authorised addresses</source>
      <translation>IP 地址授权</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Basic</source>
      <translation>基本</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>描述</translation>
    </message>
    <message>
      <source>Directly between the phones</source>
      <translation>话机之间直接传送</translation>
    </message>
    <message>
      <source>Enabled</source>
      <translation>启用</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Extension</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Extensions</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Highest RTP port</source>
      <translation>RTP 最大端口</translation>
    </message>
    <message>
      <source>How long a called extension rings before the call is given up.</source>
      <translation>被叫分机振铃多久后放弃呼叫。</translation>
    </message>
    <message>
      <source>How many devices may be registered at once. Counts only with “One number, several phones”.</source>
      <translation>可同时注册的设备数量。仅在启用“一号多机”时有效。</translation>
    </message>
    <message>
      <source>How much disk the kept SIP messages may take; the oldest make room.</source>
      <translation>保存的 SIP 消息最多占用多少磁盘空间；超出后删除最旧的。</translation>
    </message>
    <message>
      <source>How much the log tells.</source>
      <translation>日志的详细程度。</translation>
    </message>
    <message>
      <source>How often a call in progress is checked for being alive, where the phone supports it (RFC 4028).</source>
      <translation>每隔多久检查通话是否仍然存在（需话机支持，RFC 4028）。</translation>
    </message>
    <message>
      <source>How sound travels between two extensions. Automatic: directly, but through OpenMSS (sound only, no video) when a phone is behind a NAT or a feature needs the sound.</source>
      <translation>两个分机之间语音的传送方式。自动：直接传送；当话机位于 NAT 之后或业务需要语音时，经 OpenMSS 转发（仅音频，不含视频）。</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>信息</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Listen on</source>
      <translation>监听地址</translation>
    </message>
    <message>
      <source>Log level</source>
      <translation>日志级别</translation>
    </message>
    <message>
      <source>Longest registration</source>
      <translation>最长注册时间</translation>
    </message>
    <message>
      <source>Lowest RTP port</source>
      <translation>RTP 最小端口</translation>
    </message>
    <message>
      <source>MB</source>
      <translation>MB</translation>
    </message>
    <message>
      <source>Media</source>
      <translation>媒体</translation>
    </message>
    <message>
      <source>Most devices</source>
      <translation>最大设备数</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>No answer after</source>
      <translation>无应答时长</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>One number, several phones</source>
      <translation>一号多机</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Program name in messages</source>
      <translation>消息中的程序名</translation>
    </message>
    <message>
      <source>Public address</source>
      <translation>公网地址</translation>
    </message>
    <message>
      <source>Realm</source>
      <translation>鉴权域 (realm)</translation>
    </message>
    <message>
      <source>Registration</source>
      <translation>注册</translation>
    </message>
    <message>
      <source>SIP port</source>
      <translation>SIP 端口</translation>
    </message>
    <message>
      <source>SIP port for TLS</source>
      <translation>SIP TLS 端口</translation>
    </message>
    <message>
      <source>Session timer</source>
      <translation>会话定时器</translation>
    </message>
    <message>
      <source>Setting</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Several devices may be registered at once: all ring, and any of them may call. Without it a newer registration replaces the older.</source>
      <translation>允许多台设备同时注册：来电时全部振铃，任何一台都可呼出。不启用时，新的注册会取代旧的。</translation>
    </message>
    <message>
      <source>Shortest registration</source>
      <translation>最短注册时间</translation>
    </message>
    <message>
      <source>Size of the SIP trace</source>
      <translation>SIP 跟踪容量</translation>
    </message>
    <message>
      <source>Sound of local calls</source>
      <translation>本地通话的语音</translation>
    </message>
    <message>
      <source>TLS certificate file</source>
      <translation>TLS 证书文件</translation>
    </message>
    <message>
      <source>TLS key file</source>
      <translation>TLS 私钥文件</translation>
    </message>
    <message>
      <source>The PEM file with the certificate's private key, without a password.</source>
      <translation>证书私钥的 PEM 文件，不带密码。</translation>
    </message>
    <message>
      <source>The TCP port that phones send to when they encrypt.</source>
      <translation>话机加密通信时使用的 TCP 端口。</translation>
    </message>
    <message>
      <source>The UDP and TCP port that phones send to.</source>
      <translation>话机使用的 UDP 和 TCP 端口。</translation>
    </message>
    <message>
      <source>The address or name of your router as the Internet sees it, for phones outside your network.</source>
      <translation>路由器在互联网上的地址或域名，供外网话机使用。</translation>
    </message>
    <message>
      <source>The addresses of this machine that phones can reach. Empty: all of them.</source>
      <translation>话机可以访问的本机地址。留空：全部地址。</translation>
    </message>
    <message>
      <source>The first UDP port for relayed sound.</source>
      <translation>语音转发使用的第一个 UDP 端口。</translation>
    </message>
    <message>
      <source>The language of the window.</source>
      <translation>窗口的语言。</translation>
    </message>
    <message>
      <source>The last UDP port for relayed sound. A call takes four.</source>
      <translation>语音转发使用的最后一个 UDP 端口。每路通话占用四个端口。</translation>
    </message>
    <message>
      <source>The name phones see when they are asked for a password. Passwords are kept as fingerprints that hold it, so it is fixed when the database is made.</source>
      <translation>要求话机鉴权时显示的名称。密码以包含它的摘要保存，因此在创建数据库时就已固定。</translation>
    </message>
    <message>
      <source>The setting's name.</source>
      <translation>设置的名称。</translation>
    </message>
    <message>
      <source>The setting's value; empty puts the default back.</source>
      <translation>设置的值；留空则恢复默认值。</translation>
    </message>
    <message>
      <source>Through OpenMSS</source>
      <translation>经 OpenMSS 转发</translation>
    </message>
    <message>
      <source>Usual registration</source>
      <translation>默认注册时间</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>值</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>What a phone gets that asks for no particular time.</source>
      <translation>话机没有指定时间时使用的值。</translation>
    </message>
    <message>
      <source>What is dialled, and the user name the phone registers with. 1 to 16 digits.</source>
      <translation>被拨打的号码，也是话机注册的用户名。1 到 16 位数字。</translation>
    </message>
    <message>
      <source>What stands in the headers User-Agent and Server.</source>
      <translation>User-Agent 和 Server 头域中的内容。</translation>
    </message>
    <message>
      <source>What the phone registers with. Only a fingerprint of it is kept: it cannot be shown again.</source>
      <translation>话机注册时使用的密码。系统只保存其摘要，不能再次显示。</translation>
    </message>
    <message>
      <source>s</source>
      <translation>秒</translation>
    </message>
  </context>
  <context>
    <name>menus</name>
    <message>
      <source>&amp;About OpenMSS</source>
      <translation>关于 OpenMSS(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Add extension…</source>
      <translation>添加分机(&amp;A)…</translation>
    </message>
    <message>
      <source>&amp;All calls</source>
      <translation>全部呼叫(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Appearance</source>
      <translation>外观(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Call records</source>
      <translation>呼叫记录(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>总览(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Data</source>
      <translation>数据(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Export extensions…</source>
      <translation>导出分机(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Export the trace…</source>
      <translation>导出跟踪(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Extensions</source>
      <translation>分机(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;Extensions…</source>
      <translation>分机(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Failed calls</source>
      <translation>失败的呼叫(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>文件(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Find</source>
      <translation>查找(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Generated passwords…</source>
      <translation>初始密码(&amp;G)…</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>帮助(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Import extensions…</source>
      <translation>导入分机(&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Keyboard shortcuts</source>
      <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Language</source>
      <translation>语言(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Live calls</source>
      <translation>实时呼叫(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Maintain</source>
      <translation>维护(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Manual</source>
      <translation>用户手册(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>退出(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Refresh</source>
      <translation>刷新(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Services</source>
      <translation>业务(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;System…</source>
      <translation>系统配置(&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>查看(&amp;V)</translation>
    </message>
    <message>
      <source>A&amp;nswered calls</source>
      <translation>已接通的呼叫(&amp;N)</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Dial &amp;plan</source>
      <translation>拨号规则(&amp;P)</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Open the &amp;data folder</source>
      <translation>打开数据文件夹(&amp;D)</translation>
    </message>
    <message>
      <source>Reset the la&amp;yout</source>
      <translation>重置布局(&amp;Y)</translation>
    </message>
    <message>
      <source>SIP &amp;trace</source>
      <translation>SIP 跟踪(&amp;T)</translation>
    </message>
  </context>
  <context>
    <name>navigation</name>
    <message>
      <source>Call records</source>
      <translation>呼叫记录</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>总览</translation>
    </message>
    <message>
      <source>Extensions</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Live calls</source>
      <translation>实时呼叫</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
  </context>
  <context>
    <name>texts</name>
    <message>
      <source>Something went wrong inside OpenMSS ({error}). The log in the data folder says more.</source>
      <translation>OpenMSS 内部出错（{error}）。详情见数据文件夹中的日志。</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>Answered</source>
      <translation>已接通</translation>
    </message>
    <message>
      <source>Busy</source>
      <translation>忙</translation>
    </message>
    <message>
      <source>Caller hung up first</source>
      <translation>主叫先挂机</translation>
    </message>
    <message>
      <source>Connecting</source>
      <translation>接续中</translation>
    </message>
    <message>
      <source>Direct</source>
      <translation>直接</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>已结束</translation>
    </message>
    <message>
      <source>Error</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>空闲</translation>
    </message>
    <message>
      <source>No</source>
      <translation>否</translation>
    </message>
    <message>
      <source>No answer</source>
      <translation>无应答</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Not registered</source>
      <translation>未注册</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>提示</translation>
    </message>
    <message>
      <source>On hold</source>
      <translation>保持</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>被拒绝</translation>
    </message>
    <message>
      <source>Relayed</source>
      <translation>转发</translation>
    </message>
    <message>
      <source>Ringing</source>
      <translation>振铃</translation>
    </message>
    <message>
      <source>Talking</source>
      <translation>通话</translation>
    </message>
    <message>
      <source>Unknown number</source>
      <translation>空号</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>是</translation>
    </message>
  </context>
</TS>
