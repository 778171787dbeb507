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
    <name>AnnouncementsPage</name>
    <message>
      <source>All languages</source>
      <translation>所有语言</translation>
    </message>
    <message>
      <source>Announcements</source>
      <translation>语音文件</translation>
    </message>
    <message>
      <source>Files with the name of an announcement in {folder} are heard in its place.</source>
      <translation>放在 {folder} 中与语音同名的文件会替代默认语音。</translation>
    </message>
    <message>
      <source>Hear what callers hear</source>
      <translation>试听来电者听到的声音</translation>
    </message>
    <message>
      <source>Import a sound file</source>
      <translation>导入声音文件</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>导入…</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Name of the announcement, in small letters, digits and hyphens (menu-sales):</source>
      <translation>语音名称，用小写字母、数字和连字符（例如 menu-sales）：</translation>
    </message>
    <message>
      <source>New announcement</source>
      <translation>新建语音</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>新建…</translation>
    </message>
    <message>
      <source>No announcement matches the search.</source>
      <translation>没有符合条件的语音。</translation>
    </message>
    <message>
      <source>Only one's own</source>
      <translation>只看自己的</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Record an announcement of your own, for a menu</source>
      <translation>录制自己的语音，例如用于菜单</translation>
    </message>
    <message>
      <source>Record…</source>
      <translation>录音…</translation>
    </message>
    <message>
      <source>Remove your own sound, so that the default is heard</source>
      <translation>删除自己的录音，恢复播放默认语音</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore the default?</source>
      <translation>恢复默认语音？</translation>
    </message>
    <message>
      <source>Search by name or text</source>
      <translation>按名称或内容查找</translation>
    </message>
    <message>
      <source>Sound files ({patterns})</source>
      <translation>声音文件（{patterns}）</translation>
    </message>
    <message>
      <source>Speak the chosen announcement yourself (Enter)</source>
      <translation>自己录制所选语音（回车）</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Use a sound file for the chosen announcement</source>
      <translation>用声音文件替换所选语音</translation>
    </message>
    <message>
      <source>Your own sound of “{name}” is deleted.</source>
      <translation>将删除“{name}”的自录语音。</translation>
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
    <name>AttendantDetails</name>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Try it</source>
      <translation>试拨</translation>
    </message>
  </context>
  <context>
    <name>AttendantPage</name>
    <message>
      <source>Auto attendant</source>
      <translation>自动话务员</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Discard the changes?</source>
      <translation>放弃修改？</translation>
    </message>
    <message>
      <source>Go on editing</source>
      <translation>继续编辑</translation>
    </message>
    <message>
      <source>Make the first menu</source>
      <translation>新建第一个菜单</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>菜单</translation>
    </message>
    <message>
      <source>Name of the menu, such as sales:</source>
      <translation>菜单名称，例如 sales：</translation>
    </message>
    <message>
      <source>New menu</source>
      <translation>新建菜单</translation>
    </message>
    <message>
      <source>New name of menu {name}. All that leads to it follows.</source>
      <translation>菜单 {name} 的新名称。指向它的配置会一并更改。</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>改名</translation>
    </message>
    <message>
      <source>The changes to menu {name} are not saved yet.</source>
      <translation>菜单 {name} 的修改尚未保存。</translation>
    </message>
    <message>
      <source>The menus and what leads where</source>
      <translation>菜单及其去向</translation>
    </message>
    <message>
      <source>There is no menu yet. A menu answers calls, says a greeting, and lets callers choose by key or dial an extension.</source>
      <translation>还没有菜单。菜单接听来电、播放问候语，来电者可以按键选择或直拨分机。</translation>
    </message>
  </context>
  <context>
    <name>AttendantTrial</name>
    <message>
      <source>Call again</source>
      <translation>重新拨打</translation>
    </message>
    <message>
      <source>Extension {name} rings.</source>
      <translation>分机 {name} 振铃。</translation>
    </message>
    <message>
      <source>Goes out over {name} as {number}.</source>
      <translation>经 {name} 呼出，号码 {number}。</translation>
    </message>
    <message>
      <source>Key {key}</source>
      <translation>按键 {key}</translation>
    </message>
    <message>
      <source>Menu {menu} waits {seconds} s for a key.</source>
      <translation>菜单 {menu} 等待按键（{seconds} 秒）。</translation>
    </message>
    <message>
      <source>Nobody is called. Press keys as a caller from outside would.</source>
      <translation>不会真的呼叫。请像外线来电者那样按键。</translation>
    </message>
    <message>
      <source>Nothing: there is no recording “{name}”</source>
      <translation>（无声：没有录音“{name}”）</translation>
    </message>
    <message>
      <source>Press nothing</source>
      <translation>不按键</translation>
    </message>
    <message>
      <source>The call ends.</source>
      <translation>通话结束。</translation>
    </message>
    <message>
      <source>The call goes to: {place}</source>
      <translation>呼叫转到：{place}</translation>
    </message>
    <message>
      <source>The caller presses nothing</source>
      <translation>来电者没有按键</translation>
    </message>
    <message>
      <source>The caller presses {key}</source>
      <translation>来电者按 {key}</translation>
    </message>
    <message>
      <source>The recording “{name}”</source>
      <translation>录音“{name}”</translation>
    </message>
    <message>
      <source>This leads nowhere ({reason}): the caller is told, and comes back.</source>
      <translation>此去向不通（{reason}）：提示来电者后返回菜单。</translation>
    </message>
    <message>
      <source>What the caller hears</source>
      <translation>来电者听到的内容</translation>
    </message>
    <message>
      <source>“{text}”</source>
      <translation>“{text}”</translation>
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
    <name>CarrierChoice</name>
    <message>
      <source>Addresses age: compare with your order paper.</source>
      <translation>地址会变化：请对照您的开通单核对。</translation>
    </message>
    <message>
      <source>Carriers</source>
      <translation>运营商</translation>
    </message>
    <message>
      <source>No carrier matches. A line can be set up without a template too.</source>
      <translation>没有匹配的运营商。不用模板也可以设置外线。</translation>
    </message>
    <message>
      <source>Read in</source>
      <translation>查阅时间</translation>
    </message>
    <message>
      <source>Remember</source>
      <translation>注意</translation>
    </message>
    <message>
      <source>Search carrier or country</source>
      <translation>搜索运营商或国家</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>The carrier knows you</source>
      <translation>认证方式</translation>
    </message>
  </context>
  <context>
    <name>CarrierQuestions</name>
    <message>
      <source>These stand in your order paper or in the carrier's portal.</source>
      <translation>这些内容见您的开通单或运营商门户。</translation>
    </message>
  </context>
  <context>
    <name>CaseDialog</name>
    <message>
      <source>Case {file}</source>
      <translation>案例 {file}</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Nothing is wrong: no rule of the line doctor fits this case.</source>
      <translation>没有发现问题：此案例不符合外线诊断的任何规则。</translation>
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
      <source>Case files (*.json)</source>
      <translation>案例文件 (*.json)</translation>
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
      <source>Open a case file</source>
      <translation>打开案例文件</translation>
    </message>
    <message>
      <source>Packet captures (*.pcapng)</source>
      <translation>抓包文件 (*.pcapng)</translation>
    </message>
    <message>
      <source>Save the case of {line}</source>
      <translation>保存 {line} 的案例</translation>
    </message>
    <message>
      <source>Saved. Some of it counts after the next start of OpenMSS.</source>
      <translation>已保存。部分设置在下次启动 OpenMSS 后生效。</translation>
    </message>
    <message>
      <source>The case is written to {file}.</source>
      <translation>案例已写入 {file}。</translation>
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
    <name>ConferencesPage</name>
    <message>
      <source>Conference rooms</source>
      <translation>会议室</translation>
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
      <source>external lines</source>
      <translation>条外线</translation>
    </message>
    <message>
      <source>of {count} extensions registered</source>
      <translation>个分机已注册，共 {count} 个</translation>
    </message>
    <message>
      <source>of {count} external lines on line</source>
      <translation>条外线在线，共 {count} 条</translation>
    </message>
    <message>
      <source>{received} received, {sent} sent, {repeated} repeated</source>
      <translation>接收 {received}，发送 {sent}，重发 {repeated}</translation>
    </message>
  </context>
  <context>
    <name>DestinationEdit</name>
    <message>
      <source>{name}: which one</source>
      <translation>{name}：具体对象</translation>
    </message>
  </context>
  <context>
    <name>DeviceChoice</name>
    <message>
      <source>Look again for microphones and loudspeakers</source>
      <translation>重新查找麦克风和扬声器</translation>
    </message>
    <message>
      <source>Loudspeaker</source>
      <translation>扬声器</translation>
    </message>
    <message>
      <source>Microphone</source>
      <translation>麦克风</translation>
    </message>
  </context>
  <context>
    <name>DialPlanTracer</name>
    <message>
      <source>A forwarding of the caller is switched.</source>
      <translation>设置主叫的呼叫前转。</translation>
    </message>
    <message>
      <source>A message is left for extension {name}.</source>
      <translation>给分机 {name} 留言。</translation>
    </message>
    <message>
      <source>Blocked by: {record}.</source>
      <translation>拦截它的记录：{record}。</translation>
    </message>
    <message>
      <source>Caller</source>
      <translation>主叫</translation>
    </message>
    <message>
      <source>Calling number</source>
      <translation>来电号码</translation>
    </message>
    <message>
      <source>Dials</source>
      <translation>拨打</translation>
    </message>
    <message>
      <source>Emergency call.</source>
      <translation>紧急呼叫。</translation>
    </message>
    <message>
      <source>Extension {name} rings.</source>
      <translation>分机 {name} 振铃。</translation>
    </message>
    <message>
      <source>Goes out over the SIP trunk {name} as {number}.</source>
      <translation>经 SIP中继 {name} 呼出，号码为 {number}。</translation>
    </message>
    <message>
      <source>Goes out over the external line {name} as {number}.</source>
      <translation>经外线 {name} 呼出，号码为 {number}。</translation>
    </message>
    <message>
      <source>If that fails: {ways}.</source>
      <translation>失败时依次改用：{ways}。</translation>
    </message>
    <message>
      <source>Make a rule for this number…</source>
      <translation>为此号码建立规则…</translation>
    </message>
    <message>
      <source>Nobody is called: the dial plan is only asked, and tells each rule it tries.</source>
      <translation>不会真正呼叫：只是查询拨号规则，并列出依次尝试的每条规则。</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>现在</translation>
    </message>
    <message>
      <source>Open the record that decides</source>
      <translation>打开起决定作用的记录</translation>
    </message>
    <message>
      <source>Over</source>
      <translation>经由</translation>
    </message>
    <message>
      <source>Refused: {status} {reason}</source>
      <translation>拒绝：{status} {reason}</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>步骤</translation>
    </message>
    <message>
      <source>The attendant's menu {name} answers.</source>
      <translation>由自动话务员菜单 {name} 接听。</translation>
    </message>
    <message>
      <source>The conference room {name} is entered.</source>
      <translation>进入会议室 {name}。</translation>
    </message>
    <message>
      <source>The number of a mailbox is asked for.</source>
      <translation>询问信箱号码。</translation>
    </message>
    <message>
      <source>The phone shows {shown}.</source>
      <translation>话机显示 {shown}。</translation>
    </message>
    <message>
      <source>The ring group {name} rings.</source>
      <translation>振铃组 {name} 振铃。</translation>
    </message>
    <message>
      <source>The voice mail of {name} is heard.</source>
      <translation>收听 {name} 的语音留言。</translation>
    </message>
    <message>
      <source>Trace</source>
      <translation>跟踪</translation>
    </message>
    <message>
      <source>What will be sent</source>
      <translation>将要发送的内容</translation>
    </message>
    <message>
      <source>When</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>e.g. {example}</source>
      <translation>例如 {example}</translation>
    </message>
  </context>
  <context>
    <name>Doctor</name>
    <message>
      <source>Find the authentication name…</source>
      <translation>查找鉴权用户名…</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>不尝试</translation>
    </message>
    <message>
      <source>None of the forms was accepted; the line is as it was. Check the password.</source>
      <translation>没有一种写法被接受；外线已恢复原样。请检查密码。</translation>
    </message>
    <message>
      <source>Nothing is wrong: no rule of the line doctor fits what was sent and received. It looks again at each change of the state.</source>
      <translation>没有发现问题：收发的内容不符合外线诊断的任何规则。每次状态改变时都会重新检查。</translation>
    </message>
    <message>
      <source>The carrier accepts {username}. It is set now.</source>
      <translation>运营商接受 {username}，已设置。</translation>
    </message>
    <message>
      <source>The change is saved. Make the call again to see whether it helps.</source>
      <translation>更改已保存。请重新呼叫，看是否有效。</translation>
    </message>
    <message>
      <source>There is no other form to try. Check the password.</source>
      <translation>没有其他写法可试。请检查密码。</translation>
    </message>
    <message>
      <source>These are tried one after another, half a minute apart: {names}. The search stops at once when the carrier forbids it (403), for some carriers lock an account after several wrong tries.</source>
      <translation>将依次尝试以下写法，每次间隔半分钟：{names}。一旦运营商禁止（403）就立即停止，因为有的运营商会在多次错误尝试后锁定账号。</translation>
    </message>
    <message>
      <source>Try other authentication names?</source>
      <translation>尝试其他鉴权用户名？</translation>
    </message>
    <message>
      <source>Try the usual ways to write the user name for the password, after a question</source>
      <translation>经确认后，尝试鉴权用户名的常见写法</translation>
    </message>
    <message>
      <source>Try them</source>
      <translation>尝试</translation>
    </message>
    <message>
      <source>Trying {username} ({place} of {count}) …</source>
      <translation>正在尝试 {username}（第 {place} 个，共 {count} 个）…</translation>
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
    <name>FindingCard</name>
    <message>
      <source>(empty)</source>
      <translation>（空）</translation>
    </message>
    <message>
      <source>Also seen</source>
      <translation>另外发现</translation>
    </message>
    <message>
      <source>Apply and try again</source>
      <translation>应用并重试</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>编辑…</translation>
    </message>
    <message>
      <source>Field to check: {field}</source>
      <translation>需检查的字段：{field}</translation>
    </message>
    <message>
      <source>Most likely cause</source>
      <translation>最可能的原因</translation>
    </message>
    <message>
      <source>Noticed</source>
      <translation>注意到</translation>
    </message>
    <message>
      <source>Open this message in the SIP trace</source>
      <translation>在 SIP 跟踪中打开此消息</translation>
    </message>
    <message>
      <source>Set “{field}” to: {value}</source>
      <translation>将“{field}”设为：{value}</translation>
    </message>
    <message>
      <source>Shown by</source>
      <translation>依据</translation>
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
    <name>GreetingBar</name>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose the greeting</source>
      <translation>选择问候语</translation>
    </message>
    <message>
      <source>Greeting</source>
      <translation>问候语</translation>
    </message>
    <message>
      <source>Listen</source>
      <translation>试听</translation>
    </message>
    <message>
      <source>Recorded by the owner</source>
      <translation>机主录制的问候语</translation>
    </message>
    <message>
      <source>Sound files (*.wav *.flac *.ogg *.mp3)</source>
      <translation>声音文件 (*.wav *.flac *.ogg *.mp3)</translation>
    </message>
    <message>
      <source>Standard greeting</source>
      <translation>标准问候语</translation>
    </message>
    <message>
      <source>The standard greeting is heard</source>
      <translation>播放标准问候语</translation>
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
    <name>LineDetails</name>
    <message>
      <source>Calls</source>
      <translation>呼叫</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史</translation>
    </message>
    <message>
      <source>Line doctor</source>
      <translation>外线诊断</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>Register now</source>
      <translation>立即注册</translation>
    </message>
    <message>
      <source>Registered until</source>
      <translation>注册有效至</translation>
    </message>
    <message>
      <source>Registered with</source>
      <translation>注册的 Contact</translation>
    </message>
    <message>
      <source>Save the case…</source>
      <translation>保存案例…</translation>
    </message>
    <message>
      <source>Save what the line doctor looks at, without passwords, for somebody who helps</source>
      <translation>保存外线诊断所查看的内容（不含密码），供他人协助分析</translation>
    </message>
    <message>
      <source>Server that answers</source>
      <translation>应答的服务器</translation>
    </message>
    <message>
      <source>Show the messages of the registration</source>
      <translation>显示注册的消息</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>起始时间</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>{incoming} in, {outgoing} out</source>
      <translation>呼入 {incoming}，呼出 {outgoing}</translation>
    </message>
  </context>
  <context>
    <name>LineSummary</name>
    <message>
      <source>Before you go on</source>
      <translation>继续之前请注意</translation>
    </message>
    <message>
      <source>Leave “{field}” as it is: {why}</source>
      <translation>请勿更改“{field}”：{why}</translation>
    </message>
  </context>
  <context>
    <name>LineTrial</name>
    <message>
      <source>Calls over it are possible now, in both directions.</source>
      <translation>现在可以经它双向呼叫。</translation>
    </message>
    <message>
      <source>The SIP trunk {name} is saved.</source>
      <translation>SIP中继 {name} 已保存。</translation>
    </message>
    <message>
      <source>The line {name} does not come on line yet.</source>
      <translation>外线 {name} 尚未上线。</translation>
    </message>
    <message>
      <source>The line {name} is on line.</source>
      <translation>外线 {name} 已在线。</translation>
    </message>
    <message>
      <source>The line {name} is registering …</source>
      <translation>外线 {name} 正在注册…</translation>
    </message>
    <message>
      <source>The line {name} is saved, and disabled.</source>
      <translation>外线 {name} 已保存，处于停用状态。</translation>
    </message>
  </context>
  <context>
    <name>LinesPage</name>
    <message>
      <source>Clear the search</source>
      <translation>清除搜索</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>External lines</source>
      <translation>外线</translation>
    </message>
    <message>
      <source>New line</source>
      <translation>新建外线</translation>
    </message>
    <message>
      <source>No line matches the search.</source>
      <translation>没有符合搜索条件的外线。</translation>
    </message>
    <message>
      <source>Search name, state, reason</source>
      <translation>搜索名称、状态、原因</translation>
    </message>
    <message>
      <source>Set up the first line</source>
      <translation>设置第一条外线</translation>
    </message>
    <message>
      <source>There is no external line yet. A line is an account at a carrier, over which calls leave and come in.</source>
      <translation>还没有外线。外线是运营商处的一个账号，呼叫经它呼出和呼入。</translation>
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
      <source>Leave out of the recording what is said now</source>
      <translation>从现在起所说的内容不录入</translation>
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
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
    <message>
      <source>Show past calls</source>
      <translation>查看呼叫记录</translation>
    </message>
    <message>
      <source>Show the messages of the selected call</source>
      <translation>显示所选通话的消息</translation>
    </message>
    <message>
      <source>Stop recording</source>
      <translation>停止录音</translation>
    </message>
  </context>
  <context>
    <name>LogPage</name>
    <message>
      <source>All lines</source>
      <translation>全部日志</translation>
    </message>
    <message>
      <source>Any text in the line</source>
      <translation>日志中的任意文字</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy the chosen lines; without any, all that are shown</source>
      <translation>复制选中的日志；未选中时复制所显示的全部日志</translation>
    </message>
    <message>
      <source>Errors only</source>
      <translation>仅错误</translation>
    </message>
    <message>
      <source>Filter by level</source>
      <translation>按级别筛选</translation>
    </message>
    <message>
      <source>Follow</source>
      <translation>跟随</translation>
    </message>
    <message>
      <source>Keep the newest line in sight</source>
      <translation>始终显示最新的日志</translation>
    </message>
    <message>
      <source>Lines of the log</source>
      <translation>日志列表</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>日志</translation>
    </message>
    <message>
      <source>Log level…</source>
      <translation>日志级别…</translation>
    </message>
    <message>
      <source>Look further back</source>
      <translation>继续向前查找</translation>
    </message>
    <message>
      <source>Look further back, in older files too</source>
      <translation>向前查找更早的日志，包括旧的日志文件</translation>
    </message>
    <message>
      <source>No line of the newest ones passes the filter.</source>
      <translation>最近的日志中没有符合筛选条件的。</translation>
    </message>
    <message>
      <source>No line passes the filter.</source>
      <translation>没有符合筛选条件的日志。</translation>
    </message>
    <message>
      <source>Older lines</source>
      <translation>更早的日志</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>打开文件夹</translation>
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
      <source>Set how much the log tells</source>
      <translation>设置日志的详细程度</translation>
    </message>
    <message>
      <source>Show all lines</source>
      <translation>显示全部日志</translation>
    </message>
    <message>
      <source>Show the files of the log</source>
      <translation>显示日志文件</translation>
    </message>
    <message>
      <source>Stop the list; the log is still written</source>
      <translation>停止更新列表；日志仍继续写入</translation>
    </message>
    <message>
      <source>The chosen line in full</source>
      <translation>选中日志的全文</translation>
    </message>
    <message>
      <source>The log is empty. What OpenMSS does and what goes wrong appears here.</source>
      <translation>日志为空。OpenMSS 所做的事和出现的问题会显示在这里。</translation>
    </message>
    <message>
      <source>Warnings and errors</source>
      <translation>警告和错误</translation>
    </message>
  </context>
  <context>
    <name>MailDialog</name>
    <message>
      <source>A code is on its way. Enter it here within 30 minutes; look for it among spam too.</source>
      <translation>验证码已寄出，请在 30 分钟内填入；也请查看垃圾邮件。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>验证码</translation>
    </message>
    <message>
      <source>Confirm</source>
      <translation>确认</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Mail</source>
      <translation>邮件</translation>
    </message>
    <message>
      <source>Mail a code</source>
      <translation>寄送验证码</translation>
    </message>
    <message>
      <source>Mail settings…</source>
      <translation>邮件设置…</translation>
    </message>
    <message>
      <source>No mail has been sent yet.</source>
      <translation>还没有发送过邮件。</translation>
    </message>
    <message>
      <source>Notices are mailed to nobody: no administrator's e-mail is set.</source>
      <translation>未设置管理员邮箱，通知不会寄给任何人。</translation>
    </message>
    <message>
      <source>Outgoing mail</source>
      <translation>外发邮件</translation>
    </message>
    <message>
      <source>Send a test</source>
      <translation>发送测试邮件</translation>
    </message>
    <message>
      <source>Send a test letter to this address:</source>
      <translation>将测试邮件寄到此地址：</translation>
    </message>
    <message>
      <source>Send a test…</source>
      <translation>发送测试…</translation>
    </message>
    <message>
      <source>The address is confirmed. Faults and warnings are mailed there.</source>
      <translation>邮箱已确认，故障和警告将寄到此处。</translation>
    </message>
    <message>
      <source>The address is not confirmed: nothing is mailed there yet.</source>
      <translation>邮箱尚未确认，暂不寄送任何通知。</translation>
    </message>
    <message>
      <source>The code that was mailed</source>
      <translation>邮件中的验证码</translation>
    </message>
    <message>
      <source>Try again now</source>
      <translation>立即重试</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>The SIP trunk {name} is out of order. {reason}</source>
      <translation>SIP中继 {name} 发生故障。{reason}</translation>
    </message>
    <message>
      <source>The external line {name} is off line. {reason}</source>
      <translation>外线 {name} 已离线。{reason}</translation>
    </message>
  </context>
  <context>
    <name>MessageActions</name>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Mark as heard</source>
      <translation>标为已听</translation>
    </message>
    <message>
      <source>Mark as new</source>
      <translation>标为新留言</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>播放位置</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
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
    <name>NewLineDialog</name>
    <message>
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Change the answers</source>
      <translation>修改填写的内容</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>New external line</source>
      <translation>新建外线</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <source>Save and try</source>
      <translation>保存并尝试</translation>
    </message>
    <message>
      <source>Without a template…</source>
      <translation>不用模板…</translation>
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
    <name>RecordList</name>
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
      <source>Delete</source>
      <translation>删除</translation>
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
      <source>Nothing matches the search.</source>
      <translation>没有符合搜索条件的内容。</translation>
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
    <name>RecordListDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>RecorderDialog</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close without saving?</source>
      <translation>不保存就关闭？</translation>
    </message>
    <message>
      <source>Cut away the silence before and after the words</source>
      <translation>剪去前后的静音</translation>
    </message>
    <message>
      <source>Cut away what is not chosen on the curve</source>
      <translation>剪去波形上未选中的部分</translation>
    </message>
    <message>
      <source>Do it again (Ctrl+Y)</source>
      <translation>重做（Ctrl+Y）</translation>
    </message>
    <message>
      <source>Even out</source>
      <translation>音量标准化</translation>
    </message>
    <message>
      <source>Extension {number} rings. Answer it and speak after the tone.</source>
      <translation>分机 {number} 正在振铃，请接听并在提示音后讲话。</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续编辑</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>导入文件…</translation>
    </message>
    <message>
      <source>Import a sound file</source>
      <translation>导入声音文件</translation>
    </message>
    <message>
      <source>It was too loud and sounds distorted: speak more softly, or turn the microphone down.</source>
      <translation>声音太大，已失真：请小声一些，或调低麦克风音量。</translation>
    </message>
    <message>
      <source>Keep the chosen part</source>
      <translation>保留选中部分</translation>
    </message>
    <message>
      <source>Let the computer speak</source>
      <translation>由电脑朗读</translation>
    </message>
    <message>
      <source>Lose it</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Make it as loud as the other announcements</source>
      <translation>调到与其他语音相同的音量</translation>
    </message>
    <message>
      <source>Nothing is to be heard. Is the microphone switched on, and the right one chosen?</source>
      <translation>没有声音。麦克风打开了吗？选对了吗？</translation>
    </message>
    <message>
      <source>OpenMSS calls this extension. Speak after the tone, and press # at the end.</source>
      <translation>OpenMSS 将呼叫此分机。请在提示音后讲话，讲完按 #。</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Record by phone</source>
      <translation>用话机录音</translation>
    </message>
    <message>
      <source>Record by phone…</source>
      <translation>用话机录音…</translation>
    </message>
    <message>
      <source>Record “{name}”</source>
      <translation>录制“{name}”</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Saved as {file}. The next caller hears it.</source>
      <translation>已保存为 {file}，下一个来电即可听到。</translation>
    </message>
    <message>
      <source>Sound files ({patterns})</source>
      <translation>声音文件（{patterns}）</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop recording</source>
      <translation>停止录音</translation>
    </message>
    <message>
      <source>Take the last step back (Ctrl+Z)</source>
      <translation>撤销上一步（Ctrl+Z）</translation>
    </message>
    <message>
      <source>Text to speak</source>
      <translation>朗读内容</translation>
    </message>
    <message>
      <source>The recording is not saved. Closing loses it.</source>
      <translation>录音尚未保存，关闭后将丢失。</translation>
    </message>
    <message>
      <source>The text to speak</source>
      <translation>朗读内容</translation>
    </message>
    <message>
      <source>This computer has no voice that speaks text.</source>
      <translation>本机没有可朗读文字的语音。</translation>
    </message>
    <message>
      <source>Trim silence</source>
      <translation>剪去静音</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
  </context>
  <context>
    <name>RecordingsPage</name>
    <message numerus="yes">
      <source>%n recording(s) shown</source>
      <translation>
        <numerusform>显示 %n 条录音</numerusform>
      </translation>
    </message>
    <message>
      <source>Any time</source>
      <translation>任意时间</translation>
    </message>
    <message>
      <source>Clear the filter</source>
      <translation>清除筛选条件</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message numerus="yes">
      <source>Delete %n recording(s)? The sound is gone for good.</source>
      <translation>
        <numerusform>删除 %n 条录音？声音将无法恢复。</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the selected recordings for good (Delete)</source>
      <translation>彻底删除所选录音（Delete）</translation>
    </message>
    <message>
      <source>Delete?</source>
      <translation>删除？</translation>
    </message>
    <message>
      <source>How far it is played</source>
      <translation>播放进度</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
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
      <source>No recording passes the filter.</source>
      <translation>没有符合条件的录音。</translation>
    </message>
    <message>
      <source>Nothing is recorded yet. An extension or a line can be set to be recorded, and any call can be recorded from the live calls.</source>
      <translation>还没有录音。可以把分机或外线设为录音，也可以在“当前通话”中对任一通话录音。</translation>
    </message>
    <message>
      <source>Number of a party or a room</source>
      <translation>通话方号码或会议室号</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Play no more (Space)</source>
      <translation>停止播放（空格键）</translation>
    </message>
    <message>
      <source>Play the chosen recording (Space)</source>
      <translation>播放所选录音（空格键）</translation>
    </message>
    <message>
      <source>Recordings</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Save the recording</source>
      <translation>保存录音</translation>
    </message>
    <message>
      <source>Show older recordings</source>
      <translation>显示更早的录音</translation>
    </message>
    <message>
      <source>Sound files (*{suffix})</source>
      <translation>声音文件 (*{suffix})</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
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
    <name>RecordsEdit</name>
    <message>
      <source>Add to the list</source>
      <translation>加入列表</translation>
    </message>
    <message>
      <source>Move down (Alt+Down)</source>
      <translation>下移 (Alt+Down)</translation>
    </message>
    <message>
      <source>Move up (Alt+Up)</source>
      <translation>上移 (Alt+Up)</translation>
    </message>
    <message>
      <source>Remove from the list (Del)</source>
      <translation>从列表中移除 (Del)</translation>
    </message>
    <message>
      <source>{name}: whom to add</source>
      <translation>{name}：要加入的记录</translation>
    </message>
  </context>
  <context>
    <name>RingGroupsPage</name>
    <message>
      <source>Ring groups</source>
      <translation>振铃组</translation>
    </message>
  </context>
  <context>
    <name>RoomPane</name>
    <message numerus="yes">
      <source>%n party(ies)</source>
      <translation>
        <numerusform>%n 人</numerusform>
      </translation>
    </message>
    <message>
      <source>Call</source>
      <translation>呼叫</translation>
    </message>
    <message>
      <source>Call an extension into the room</source>
      <translation>呼叫一个分机加入会议</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Choose a room to see who is in it.</source>
      <translation>选择一个会议室，查看其中的与会者。</translation>
    </message>
    <message>
      <source>End</source>
      <translation>结束</translation>
    </message>
    <message>
      <source>End the conference?</source>
      <translation>结束会议？</translation>
    </message>
    <message>
      <source>Everybody in room {number} is sent home.</source>
      <translation>会议室 {number} 中的所有人都将离开。</translation>
    </message>
    <message>
      <source>Extension</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续开会</translation>
    </message>
    <message>
      <source>Invite into room {number}</source>
      <translation>邀请加入会议室 {number}</translation>
    </message>
    <message>
      <source>Invite…</source>
      <translation>邀请…</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>Nobody is in room {number}. Telephones enter it by dialling *6*{number}.</source>
      <translation>会议室 {number} 中没有人。话机拨 *6*{number} 进入。</translation>
    </message>
    <message>
      <source>Parties of the conference</source>
      <translation>与会者</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Room {number}</source>
      <translation>会议室 {number}</translation>
    </message>
    <message>
      <source>Send everybody home</source>
      <translation>让所有人离开</translation>
    </message>
    <message>
      <source>Stop recording</source>
      <translation>停止录音</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Unmute</source>
      <translation>取消静音</translation>
    </message>
    <message>
      <source>locked</source>
      <translation>已锁定</translation>
    </message>
    <message>
      <source>recorded</source>
      <translation>正在录音</translation>
    </message>
  </context>
  <context>
    <name>RoutingPage</name>
    <message>
      <source>Called numbers</source>
      <translation>被叫号码分析</translation>
    </message>
    <message>
      <source>Caller numbers</source>
      <translation>主叫号码分析</translation>
    </message>
    <message>
      <source>DID routes</source>
      <translation>DID 路由</translation>
    </message>
    <message>
      <source>Display numbers</source>
      <translation>主叫显示号码</translation>
    </message>
    <message>
      <source>Refine</source>
      <translation>出局号码变换</translation>
    </message>
    <message>
      <source>Routing</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>Time conditions</source>
      <translation>时间条件</translation>
    </message>
    <message>
      <source>Tracer</source>
      <translation>拨号跟踪</translation>
    </message>
    <message>
      <source>Transitions</source>
      <translation>号码变换</translation>
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
    <name>ServicesPage</name>
    <message>
      <source>Services</source>
      <translation>业务</translation>
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
      <source>Does openmss.service run already? Two programs cannot share one port: stop the service (systemctl stop openmss) or the other program and try again, or use another port.</source>
      <translation>openmss.service 是否已在运行？两个程序不能共用一个端口：请停止该服务（systemctl stop openmss）或另一个程序后重试，或改用其他端口。</translation>
    </message>
    <message>
      <source>Does the OpenMSS service run already? Two programs cannot share one port: stop the service (under Windows' Services) or the other program and try again, or use another port.</source>
      <translation>OpenMSS 服务是否已在运行？两个程序不能共用一个端口：请停止该服务（在 Windows 的“服务”中）或另一个程序后重试，或改用其他端口。</translation>
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
      <source>Lines {count} of {total}</source>
      <translation>外线 {count}/{total}</translation>
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
      <source>Show all messages of this call together, with caller and called</source>
      <translation>一起显示该呼叫的全部消息，含主叫侧和被叫侧</translation>
    </message>
    <message>
      <source>Show only this call in the list, with caller and called</source>
      <translation>列表中只显示该呼叫，含主叫侧和被叫侧</translation>
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
    <name>TrunksPage</name>
    <message>
      <source>Add the first trunk</source>
      <translation>添加第一条中继</translation>
    </message>
    <message>
      <source>Add trunk</source>
      <translation>添加中继</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>清除搜索</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>No trunk matches the search.</source>
      <translation>没有符合搜索条件的中继。</translation>
    </message>
    <message>
      <source>SIP trunks</source>
      <translation>SIP中继</translation>
    </message>
    <message>
      <source>Search name, server, state</source>
      <translation>搜索名称、服务器、状态</translation>
    </message>
    <message>
      <source>There is no SIP trunk yet. A trunk leads to another server that is known by its address: a branch office, a gateway, a carrier without registration.</source>
      <translation>还没有 SIP中继。中继通向另一台按地址识别的服务器：分支机构、网关或无需注册的运营商。</translation>
    </message>
  </context>
  <context>
    <name>VersionWatch</name>
    <message>
      <source>OpenMSS {version} is available; this is {own}. {notes}</source>
      <translation>OpenMSS {version} 已发布；本机为 {own}。{notes}</translation>
    </message>
    <message>
      <source>This is the newest version: {own}.</source>
      <translation>已是最新版本：{own}。</translation>
    </message>
  </context>
  <context>
    <name>VoiceMailPage</name>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message numerus="yes">
      <source>Delete %n message(s)? This cannot be undone.</source>
      <translation>
        <numerusform>删除 %n 条留言？此操作无法撤销。</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete?</source>
      <translation>删除？</translation>
    </message>
    <message>
      <source>Go to the extensions</source>
      <translation>前往分机</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Mailbox settings</source>
      <translation>信箱设置</translation>
    </message>
    <message>
      <source>Mailboxes</source>
      <translation>信箱</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>留言</translation>
    </message>
    <message>
      <source>No extension has voice mail yet. Switch it on in an extension's dialog, under Voice mail: callers can then leave a message when nobody answers.</source>
      <translation>还没有分机开通语音信箱。请在分机对话框的“语音信箱”页中开通：无人接听时，主叫即可留言。</translation>
    </message>
    <message>
      <source>Save the message</source>
      <translation>保存留言</translation>
    </message>
    <message>
      <source>Sound files (*.wav)</source>
      <translation>声音文件 (*.wav)</translation>
    </message>
    <message>
      <source>This mailbox is empty.</source>
      <translation>该信箱为空。</translation>
    </message>
    <message>
      <source>Voice mail</source>
      <translation>语音信箱</translation>
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
      <source>Open the page</source>
      <translation>打开页面</translation>
    </message>
    <message>
      <source>{kind}: {sentence}</source>
      <translation>{kind}：{sentence}</translation>
    </message>
  </context>
  <context>
    <name>_TrunkDetails</name>
    <message>
      <source>Calls are taken from</source>
      <translation>接受来自以下地址的呼叫</translation>
    </message>
    <message>
      <source>Calls in</source>
      <translation>呼入</translation>
    </message>
    <message>
      <source>Calls out</source>
      <translation>呼出</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>起始时间</translation>
    </message>
  </context>
  <context>
    <name>columns</name>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Answered by</source>
      <translation>接听方</translation>
    </message>
    <message>
      <source>Attempts</source>
      <translation>次数</translation>
    </message>
    <message>
      <source>Begun by</source>
      <translation>录音方式</translation>
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
      <source>Calls in</source>
      <translation>呼入</translation>
    </message>
    <message>
      <source>Calls out</source>
      <translation>呼出</translation>
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
      <source>Field</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>From</source>
      <translation>主叫</translation>
    </message>
    <message>
      <source>Heard</source>
      <translation>播放来源</translation>
    </message>
    <message>
      <source>In the room</source>
      <translation>与会时间</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>级别</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>创建时间</translation>
    </message>
    <message>
      <source>Mail</source>
      <translation>邮件</translation>
    </message>
    <message>
      <source>Mailbox</source>
      <translation>信箱</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新留言</translation>
    </message>
    <message>
      <source>Next attempt</source>
      <translation>下次尝试</translation>
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
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>记录</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>SIP</source>
      <translation>SIP</translation>
    </message>
    <message>
      <source>Server</source>
      <translation>服务器</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>起始时间</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>语音</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
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
      <source>Step</source>
      <translation>步骤</translation>
    </message>
    <message>
      <source>Subject</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Talked</source>
      <translation>通话时长</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>To</source>
      <translation>收件人</translation>
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
    <message>
      <source>What was looked at</source>
      <translation>检查内容</translation>
    </message>
  </context>
  <context>
    <name>destinations</name>
    <message>
      <source>Back to the menu before</source>
      <translation>返回上一级菜单</translation>
    </message>
    <message>
      <source>Conference room</source>
      <translation>会议室</translation>
    </message>
    <message>
      <source>Dial by name</source>
      <translation>按姓名拨号</translation>
    </message>
    <message>
      <source>Extension</source>
      <translation>分机</translation>
    </message>
    <message>
      <source>Hang up</source>
      <translation>挂断</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>菜单</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Number, as dialled inside</source>
      <translation>号码（按内部拨法）</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>话务员</translation>
    </message>
    <message>
      <source>Ring group</source>
      <translation>振铃组</translation>
    </message>
    <message>
      <source>Say it again</source>
      <translation>重听</translation>
    </message>
    <message>
      <source>The operator, if there is one</source>
      <translation>话务员（如已设置）</translation>
    </message>
    <message>
      <source>Voice mail of</source>
      <translation>语音信箱</translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>announcement.broken</source>
      <translation>{path} 不是可读取的声音文件。请保存为 WAV、FLAC、Ogg 或 MP3 格式。</translation>
    </message>
    <message>
      <source>announcement.catalogue</source>
      <translation>无法使用 {path} 中的系统提示音目录，来电者听不到提示音。请重新安装 OpenMSS，或用 --announcements 指定其他文件夹。</translation>
    </message>
    <message>
      <source>announcement.cut_off</source>
      <translation>{path} 不完整：应有 {announced} 字节，只有 {size} 字节。请重新复制。</translation>
    </message>
    <message>
      <source>announcement.empty</source>
      <translation>{path} 中没有声音。请重新录制。</translation>
    </message>
    <message>
      <source>announcement.folder_not_made</source>
      <translation>无法创建自定义提示音文件夹 {path}。请手动创建，并授予运行 OpenMSS 的用户写入权限。</translation>
    </message>
    <message>
      <source>announcement.folder_not_writable</source>
      <translation>运行 OpenMSS 的用户无权写入文件夹 {path}。在此录制的提示音将保存到 {instead}。</translation>
    </message>
    <message>
      <source>announcement.folder_unreadable</source>
      <translation>无法读取 {path} 中的自定义提示音，将播放默认提示音。</translation>
    </message>
    <message>
      <source>announcement.growing</source>
      <translation>{path} 仍在写入，写完后即可播放。</translation>
    </message>
    <message>
      <source>announcement.language</source>
      <translation>没有“{value}”语言的提示音。</translation>
    </message>
    <message>
      <source>announcement.name</source>
      <translation>“{value}”不能用作提示音名称。请使用小写字母、数字和连字符，例如 menu-sales。</translation>
    </message>
    <message>
      <source>announcement.no_answer</source>
      <translation>分机 {number} 无人接听，请重试或换一部话机。</translation>
    </message>
    <message>
      <source>announcement.no_phone</source>
      <translation>分机 {number} 没有可呼叫的话机，请选择已注册的分机。</translation>
    </message>
    <message>
      <source>announcement.no_sound</source>
      <translation>该提示音没有声音：文件缺失或已损坏。</translation>
    </message>
    <message>
      <source>announcement.not_removed</source>
      <translation>无法删除 {path}，仍会播放它。请手动删除。</translation>
    </message>
    <message>
      <source>announcement.not_saved</source>
      <translation>无法写入 {path}。请检查文件夹权限和磁盘空间。</translation>
    </message>
    <message>
      <source>announcement.nothing_said</source>
      <translation>分机 {number} 没有录到声音。请在提示音后讲话，讲完按 #。</translation>
    </message>
    <message>
      <source>announcement.too_large</source>
      <translation>{path} 超过 {most} MB。请缩短或压缩后保存。</translation>
    </message>
    <message>
      <source>announcement.too_long</source>
      <translation>{path} 超过 {most} 秒。请缩短。</translation>
    </message>
    <message>
      <source>announcement.trouble</source>
      <translation>提示音：{text}</translation>
    </message>
    <message>
      <source>announcement.unknown</source>
      <translation>没有这个提示音。</translation>
    </message>
    <message>
      <source>announcement.unreadable</source>
      <translation>无法读取 {path}（{reason}）。请检查访问权限。</translation>
    </message>
    <message>
      <source>call.gone</source>
      <translation>该呼叫（{id}）已经结束。</translation>
    </message>
    <message>
      <source>called_rule.no_target</source>
      <translation>请填写目标：外线或中继的名称、出局组，或业务的号码。</translation>
    </message>
    <message>
      <source>called_rule.no_target_wanted</source>
      <translation>此去向不需要目标。请清空目标。</translation>
    </message>
    <message>
      <source>carrier.answer_missing</source>
      <translation>请填写运营商提供的内容。</translation>
    </message>
    <message>
      <source>carrier.answer_unfit</source>
      <translation>填写的内容不正确。例如：{example}</translation>
    </message>
    <message>
      <source>carrier.answer_unknown</source>
      <translation>模板没有这一项。</translation>
    </message>
    <message>
      <source>carrier.file</source>
      <translation>无法读取运营商模板文件。</translation>
    </message>
    <message>
      <source>carrier.forbidden</source>
      <translation>此模板不允许这项设置。</translation>
    </message>
    <message>
      <source>carrier.kind</source>
      <translation>此模板生成的记录类型是 {kind}，与所要添加的不同。</translation>
    </message>
    <message>
      <source>carrier.missing</source>
      <translation>请指定运营商模板。“openmss-cli carriers” 列出全部模板。</translation>
    </message>
    <message>
      <source>carrier.unknown</source>
      <translation>没有这个运营商模板。</translation>
    </message>
    <message>
      <source>carrier.way</source>
      <translation>此模板没有这种接入方式。</translation>
    </message>
    <message>
      <source>command.value</source>
      <translation>请写出所需的值。</translation>
    </message>
    <message>
      <source>conference.digits</source>
      <translation>{label}：请使用 1 到 {most} 位数字，以便任何话机都能拨出。</translation>
    </message>
    <message>
      <source>conference.empty</source>
      <translation>会议室 {room} 中没有人。</translation>
    </message>
    <message>
      <source>conference.gone</source>
      <translation>与会者 {id} 已不在会议室 {room} 中。</translation>
    </message>
    <message>
      <source>conference.guessed</source>
      <translation>有人多次输错某会议室的密码：该来电方的密码暂时不再被接受，详见日志。</translation>
    </message>
    <message>
      <source>conference.locked</source>
      <translation>会议室在开始时锁定，又没有主持人密码：只有在窗口中解锁后才能进入。</translation>
    </message>
    <message>
      <source>conference.no_phone</source>
      <translation>分机 {number} 现在无法呼叫：没有已注册的话机。</translation>
    </message>
    <message>
      <source>conference.same_password</source>
      <translation>主持人密码与会议室密码相同，人人都会成为主持人。请换一个。</translation>
    </message>
    <message>
      <source>conference.unknown</source>
      <translation>没有会议室 {room}。</translation>
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
      <source>defence.banned</source>
      <translation>有地址因连续输错密码被封锁。{text}</translation>
    </message>
    <message>
      <source>defence.not_banned</source>
      <translation>{address} 未被封锁。命令 bans 可列出被封锁的地址。</translation>
    </message>
    <message>
      <source>diagnose.case</source>
      <translation>这不是案例文件：{problem}。</translation>
    </message>
    <message>
      <source>diagnose.save</source>
      <translation>--save 用于保存外线的案例；案例文件无需再保存。</translation>
    </message>
    <message>
      <source>diagnose.unknown</source>
      <translation>没有名为 {name} 的外线或中继。</translation>
    </message>
    <message>
      <source>diagnose.what</source>
      <translation>请指明检查对象：line 外线名，或 --case 文件。</translation>
    </message>
    <message>
      <source>did_route.no_condition</source>
      <translation>填写了其他时间的去向，但没有选择时间条件。</translation>
    </message>
    <message>
      <source>engine.stopped</source>
      <translation>服务器没有运行。</translation>
    </message>
    <message>
      <source>explain.caller</source>
      <translation>“{value}”不是有效的主叫。请填写分机号、line:外线名 或 trunk:中继名，其后可加 :来电号码。</translation>
    </message>
    <message>
      <source>explain.moment</source>
      <translation>“{value}”不是有效的时间。请写成 2026-11-23T10:30、2026-11-23，或用 10:30 表示今天的时间。</translation>
    </message>
    <message>
      <source>explain.no_caller</source>
      <translation>请填写主叫：分机的号码。</translation>
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
      <source>extension.emergency_number</source>
      <translation>此号码在许多国家是紧急号码。现在直接拨打它会呼叫此分机；请在前面加拨出群字冠求助。</translation>
    </message>
    <message>
      <source>extension.forward_itself</source>
      <translation>分机 {number} 不能转移到自己。请填写其他号码。</translation>
    </message>
    <message>
      <source>extension.not_saved</source>
      <translation>分机 {number} 无法修改：此处不保存任何设置。</translation>
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
      <source>ip_rule.everyone</source>
      <translation>此记录适用于所有地址，请确认。</translation>
    </message>
    <message>
      <source>ip_rule.several</source>
      <translation>请只填写一个地址或网段。</translation>
    </message>
    <message>
      <source>kind.unknown</source>
      <translation>没有“{name}”这种记录。可用：{known}。</translation>
    </message>
    <message>
      <source>line.auth_user_twice</source>
      <translation>鉴权用户名已包含域名，请勿重复添加地址信息。</translation>
    </message>
    <message>
      <source>line.bind_address</source>
      <translation>本机地址：“{value}”不是 IP 地址。例如填写 192.168.1.10。</translation>
    </message>
    <message>
      <source>line.disabled</source>
      <translation>外线 {name} 已停用。</translation>
    </message>
    <message>
      <source>line.no_calls</source>
      <translation>最大并发呼叫数为 0：此外线不承载呼叫。不限请留空。</translation>
    </message>
    <message>
      <source>line.no_password</source>
      <translation>此外线没有密码。若运营商要求密码，注册会被拒绝。</translation>
    </message>
    <message>
      <source>line.port_unused</source>
      <translation>已设置代理服务器，数据包发往代理：端口请写在代理名称之后。</translation>
    </message>
    <message>
      <source>line.unknown</source>
      <translation>没有名为 {name} 的外线。</translation>
    </message>
    <message>
      <source>line.user</source>
      <translation>“{value}”不能作为账号。请只填写 @ 之前的部分。</translation>
    </message>
    <message>
      <source>log.not_readable</source>
      <translation>无法读取日志文件 {path}（{reason}）。</translation>
    </message>
    <message>
      <source>log.not_writable</source>
      <translation>日志文件夹 {path} 无法写入。请给予当前用户写入权限。</translation>
    </message>
    <message>
      <source>mail.address</source>
      <translation>{label}：“{value}”不是邮箱地址，请写成 name@example.com。</translation>
    </message>
    <message>
      <source>mail.certificate</source>
      <translation>邮件服务器的证书不可信。请检查服务器名称；若其自签证书，请在“其他 TLS 证书颁发机构”中填写。（{text}）</translation>
    </message>
    <message>
      <source>mail.code_just_sent</source>
      <translation>一分钟内刚寄出过验证码，请查看邮箱和垃圾邮件。</translation>
    </message>
    <message>
      <source>mail.code_used_up</source>
      <translation>验证码错误次数过多，请重新寄送。</translation>
    </message>
    <message>
      <source>mail.connection</source>
      <translation>无法连接邮件服务器。（{text}）</translation>
    </message>
    <message>
      <source>mail.later</source>
      <translation>邮件服务器要求稍后再试。（{text}）</translation>
    </message>
    <message>
      <source>mail.login</source>
      <translation>邮件服务器不接受用户名或密码。许多服务商要求为程序单独生成密码。（{text}）</translation>
    </message>
    <message>
      <source>mail.name</source>
      <translation>找不到邮件服务器的名称，请检查拼写以及本机是否联网。（{text}）</translation>
    </message>
    <message>
      <source>mail.no_admin</source>
      <translation>没有可确认的邮箱，请先在“数据 – 系统配置”中填写管理员邮箱。</translation>
    </message>
    <message>
      <source>mail.no_code</source>
      <translation>没有待输入的验证码，或验证码已过期，请重新寄送。</translation>
    </message>
    <message>
      <source>mail.no_letter</source>
      <translation>没有邮件 {letter}，或已发送。</translation>
    </message>
    <message>
      <source>mail.no_sender</source>
      <translation>没有发件人：邮件服务器的用户名不是邮箱地址，请填写“发件人地址”。</translation>
    </message>
    <message>
      <source>mail.not_configured</source>
      <translation>未配置邮件服务器，请在“数据 – 系统配置 – 邮件”中填写。</translation>
    </message>
    <message>
      <source>mail.not_supported</source>
      <translation>邮件服务器不支持所选的加密方式，请更换。（{text}）</translation>
    </message>
    <message>
      <source>mail.port</source>
      <translation>邮件服务器拒绝该端口的连接，请检查端口和加密方式。（{text}）</translation>
    </message>
    <message>
      <source>mail.queue_full</source>
      <translation>等待邮件服务器的信件过多，不再保留新的信件。请查明积压原因。</translation>
    </message>
    <message>
      <source>mail.recipient</source>
      <translation>邮件服务器拒绝收件人地址，请更正。（{text}）</translation>
    </message>
    <message>
      <source>mail.refused</source>
      <translation>邮件服务器拒绝了邮件。（{text}）</translation>
    </message>
    <message>
      <source>mail.refusing_provider</source>
      <translation>已知该邮箱服务商会退回或拒收此类邮件，请换用其他服务商的邮箱，或确认能收到验证码。</translation>
    </message>
    <message>
      <source>mail.sender_refused</source>
      <translation>邮件服务器不允许使用该发件人，请填写与用户相符的地址。（{text}）</translation>
    </message>
    <message>
      <source>mail.silent</source>
      <translation>邮件服务器没有响应，请检查服务器、端口和加密方式；有些网络封锁 25 端口。（{text}）</translation>
    </message>
    <message>
      <source>mail.spam</source>
      <translation>邮件被服务商当作垃圾邮件拒收，请换用其他服务商的邮箱。（{text}）</translation>
    </message>
    <message>
      <source>mail.tls</source>
      <translation>该端口不支持所选的 TLS 方式，请选择与端口相符的加密方式。（{text}）</translation>
    </message>
    <message>
      <source>mail.too_large</source>
      <translation>邮件对服务器来说太大，请关闭附带语音文件。（{text}）</translation>
    </message>
    <message>
      <source>mail.wrong_code</source>
      <translation>{value} 不是寄出的验证码，还可输入 {left} 次。</translation>
    </message>
    <message>
      <source>media.socket</source>
      <translation>无法在 {host} 上打开语音端口：{reason}</translation>
    </message>
    <message>
      <source>menu.no_operator</source>
      <translation>话务员：有按键或“无人应答时”要转到话务员，请填写。</translation>
    </message>
    <message>
      <source>menu.number</source>
      <translation>“{value}”不能作为菜单号码。请填写 1 到 16 位数字，或留空。</translation>
    </message>
    <message>
      <source>menu.prompt</source>
      <translation>{label}：“{value}”不能作为录音名称。请使用文字、数字、“-”和“.”。</translation>
    </message>
    <message>
      <source>menu.unknown</source>
      <translation>没有自动话务员菜单 {name}。</translation>
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
      <source>outside.codecs</source>
      <translation>{label}：未知的编解码“{value}”。</translation>
    </message>
    <message>
      <source>outside.host</source>
      <translation>{label}：“{value}”既不是 IP 地址也不是域名。</translation>
    </message>
    <message>
      <source>outside.host_port</source>
      <translation>{label}：“{value}”不是地址。请填写域名或 IP 地址，可带端口。</translation>
    </message>
    <message>
      <source>outside.name</source>
      <translation>{label}：“{value}”不能作为名称。</translation>
    </message>
    <message>
      <source>outside.uri_params</source>
      <translation>{label}：“{value}”不是参数。</translation>
    </message>
    <message>
      <source>record.duplicate</source>
      <translation>{key} 已经存在。请使用另一个号码。</translation>
    </message>
    <message>
      <source>record.in_use</source>
      <translation>{key} 正被使用（{by}）。请先更改引用它的记录。</translation>
    </message>
    <message>
      <source>record.key_fixed</source>
      <translation>{key} 的编号不能更改。请添加新的记录。</translation>
    </message>
    <message>
      <source>record.number_taken</source>
      <translation>号码 {number} 已被占用（{key}）。请另选号码。</translation>
    </message>
    <message>
      <source>record.reference</source>
      <translation>没有 {named} 这条记录。请选择已有的记录。</translation>
    </message>
    <message>
      <source>record.unknown</source>
      <translation>没有 {key} 这条记录，可能已被删除。</translation>
    </message>
    <message>
      <source>recorder.file</source>
      <translation>{file} 中没有可读取的声音（{reason}）。</translation>
    </message>
    <message>
      <source>recorder.no_text</source>
      <translation>没有可朗读的内容，请先填写。</translation>
    </message>
    <message>
      <source>recorder.saved</source>
      <translation>{text}</translation>
    </message>
    <message>
      <source>recording.disk</source>
      <translation>无法写入录音：{reason}。</translation>
    </message>
    <message>
      <source>recording.failed</source>
      <translation>录音失败，通话不受影响。{text}</translation>
    </message>
    <message>
      <source>recording.no_room</source>
      <translation>存放录音的磁盘只剩 {free} MB。请腾出空间，或减少保存天数。</translation>
    </message>
    <message>
      <source>recording.not_answered</source>
      <translation>通话 {id} 尚未接通。请在应答后开始录音。</translation>
    </message>
    <message>
      <source>recording.not_confirmed</source>
      <translation>录音删除后无法恢复。请加上 --yes 确认。</translation>
    </message>
    <message>
      <source>recording.not_hosted</source>
      <translation>通话 {id} 无法录音：有话机拒绝让声音经过 OpenMSS。设为录音的分机，其通话从一开始就经过 OpenMSS。</translation>
    </message>
    <message>
      <source>recording.not_running</source>
      <translation>通话 {id} 没有在录音。</translation>
    </message>
    <message>
      <source>recording.running</source>
      <translation>通话 {id} 已在录音。</translation>
    </message>
    <message>
      <source>recording.slow</source>
      <translation>磁盘太慢，录音到此结束。通话继续。</translation>
    </message>
    <message>
      <source>recording.still_running</source>
      <translation>录音 {id} 仍在进行。请先停止。</translation>
    </message>
    <message>
      <source>recording.too_long</source>
      <translation>录音 {path} 已达最长时间，到此结束。</translation>
    </message>
    <message>
      <source>recording.unknown</source>
      <translation>没有录音 {id}。“recordings list”列出现有录音。</translation>
    </message>
    <message>
      <source>refine_rule.group</source>
      <translation>请填写出局组，或用 trunk:名称 指定一条中继。</translation>
    </message>
    <message>
      <source>ring_group.emergency_number</source>
      <translation>此号码在许多国家是紧急号码。在内部拨打它会呼叫紧急服务，而不会呼叫此振铃组。</translation>
    </message>
    <message>
      <source>ring_group.itself</source>
      <translation>振铃组 {number} 不能转到自己。请填写其他去处，或留空。</translation>
    </message>
    <message>
      <source>ring_group.number</source>
      <translation>“{value}”不能作为振铃组号码。请填写 1 到 16 位数字。</translation>
    </message>
    <message>
      <source>routing.caller_prefix</source>
      <translation>{label}：“{value}”不能作为主叫字冠。</translation>
    </message>
    <message>
      <source>routing.destination</source>
      <translation>{label}：“{value}”不是有效的去向。</translation>
    </message>
    <message>
      <source>routing.levels</source>
      <translation>呼叫级别：请填写 1 到 99 的数字，用逗号分隔。</translation>
    </message>
    <message>
      <source>routing.prefix</source>
      <translation>{label}：“{value}”不能作为字冠。</translation>
    </message>
    <message>
      <source>setting.bind_address</source>
      <translation>监听地址：请填写本机的地址，而不是网段。留空表示全部地址。</translation>
    </message>
    <message>
      <source>setting.codecs</source>
      <translation>编解码：“{value}”不是 OpenMSS 支持的编解码。</translation>
    </message>
    <message>
      <source>setting.codecs_none_usual</source>
      <translation>编解码：请保留 pcma 或 pcmu，许多话机和几乎所有运营商只支持这两种。</translation>
    </message>
    <message>
      <source>setting.codecs_twice</source>
      <translation>编解码：同一编解码重复出现。请每种只写一次，最好的写在最前。</translation>
    </message>
    <message>
      <source>setting.country_code</source>
      <translation>国家代码：“{value}”无效。例如填写 86。</translation>
    </message>
    <message>
      <source>setting.default_route</source>
      <translation>默认路由：“{value}”无效。例如填写 line:名称 或 trunk:名称。</translation>
    </message>
    <message>
      <source>setting.emergency</source>
      <translation>紧急号码：“{value}”不是号码。</translation>
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
      <source>setting.recording_folder</source>
      <translation>录音文件夹：“{value}”不是完整路径。请写成 /srv/recordings 这样的形式；留空则用数据文件夹。</translation>
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
      <source>setting.tls_ca</source>
      <translation>其他 TLS 机构证书：“{value}”不是可读取的 PEM 证书文件。</translation>
    </message>
    <message>
      <source>setting.unknown</source>
      <translation>没有“{key}”这项设置。</translation>
    </message>
    <message>
      <source>setting.update_source</source>
      <translation>新版本消息来源：“{value}”不是以 https:// 加主机名开头的地址。</translation>
    </message>
    <message>
      <source>setting.user_agent</source>
      <translation>消息中的程序名：请只使用 ASCII 字符，否则有些话机会拒绝。</translation>
    </message>
    <message>
      <source>sound.busy_microphone</source>
      <translation>麦克风“{name}”没有响应（{reason}）。可能被其他程序占用，或系统不允许程序使用麦克风：请检查隐私设置，或选择其他麦克风。</translation>
    </message>
    <message>
      <source>sound.file</source>
      <translation>声音文件 {file} 无法播放：{reason}</translation>
    </message>
    <message>
      <source>sound.no_device</source>
      <translation>没有可用的播放设备，或设备正忙（{reason}）。请选择其他设备，或保存文件后在别处播放。</translation>
    </message>
    <message>
      <source>sound.no_microphone</source>
      <translation>没有麦克风。请接上后点“重新查找”，或用话机录音、导入文件。</translation>
    </message>
    <message>
      <source>sound.no_system</source>
      <translation>本机没有可用的声音系统（{reason}）。请用话机录音，或导入文件。</translation>
    </message>
    <message>
      <source>sound.unplugged</source>
      <translation>麦克风被拔出，此前录到的内容已保留。</translation>
    </message>
    <message>
      <source>sound.voice</source>
      <translation>本机的语音（{name}）没有朗读：{reason}。请改为录音。</translation>
    </message>
    <message>
      <source>time.holidays</source>
      <translation>节假日的写法有误：{value}</translation>
    </message>
    <message>
      <source>time.hour</source>
      <translation>{label}：“{value}”不是时间。例如填写 08:30。</translation>
    </message>
    <message>
      <source>time.weekdays</source>
      <translation>星期的写法有误：{value}</translation>
    </message>
    <message>
      <source>time.zone</source>
      <translation>没有“{value}”这个时区。例如填写 Asia/Shanghai。</translation>
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
      <source>transition.no_length</source>
      <translation>请填写长度：要替换或删除的位数。</translation>
    </message>
    <message>
      <source>transition.no_string</source>
      <translation>请填写要插入的号码串。</translation>
    </message>
    <message>
      <source>transition.nothing</source>
      <translation>长度和号码串都为空：此变换不起作用。</translation>
    </message>
    <message>
      <source>transition.string</source>
      <translation>号码串：“{value}”含有不能拨打的字符。</translation>
    </message>
    <message>
      <source>trunk.next_is_itself</source>
      <translation>失败时不能改用同一条中继。</translation>
    </message>
    <message>
      <source>trunk.no_calls</source>
      <translation>最大并发数为 0：该方向不承载呼叫。不限请留空。</translation>
    </message>
    <message>
      <source>trunk.transit</source>
      <translation>从此中继地址发来呼叫的任何人现在都能经您的线路呼出，由您付费。</translation>
    </message>
    <message>
      <source>trunk.trusted</source>
      <translation>“{value}”既不是 IP 地址、网段，也不是域名。</translation>
    </message>
    <message>
      <source>trunk.trusted_too_wide</source>
      <translation>“{value}”包含全世界的地址，任何人都能经您的线路呼出。请缩小范围。</translation>
    </message>
    <message>
      <source>update.no_source</source>
      <translation>尚未设置查询新版本的地址。请在“数据 – 系统配置 – 高级”的“新版本消息来源”中填写。</translation>
    </message>
    <message>
      <source>update.not_understood</source>
      <translation>{source} 返回的内容不是版本消息：须含 version、url（https）和 notes。</translation>
    </message>
    <message>
      <source>update.unreachable</source>
      <translation>无法从 {source} 得知最新版本：{reason}。</translation>
    </message>
    <message>
      <source>usage.number</source>
      <translation>“{value}”不是数字。</translation>
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
      <source>value.repeated</source>
      <translation>{label}：{value} 出现了两次。请去掉一个。</translation>
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
    <message>
      <source>voicemail.delete_unmailed</source>
      <translation>只有留言作为附件发送到邮件地址时，才能在发送后删除。</translation>
    </message>
    <message>
      <source>voicemail.disk_full</source>
      <translation>磁盘已满：留言无法保存到 {path}。请释放一些空间。</translation>
    </message>
    <message>
      <source>voicemail.email</source>
      <translation>“{value}”不是邮件地址。例如：anna@example.com。</translation>
    </message>
    <message>
      <source>voicemail.locked</source>
      <translation>{text}</translation>
    </message>
    <message>
      <source>voicemail.not_writable</source>
      <translation>留言无法保存到 {path}（{problem}）。请赋予您的用户写入权限。</translation>
    </message>
    <message>
      <source>voicemail.pin</source>
      <translation>密码为 {shortest} 到 {longest} 位数字。</translation>
    </message>
    <message>
      <source>voicemail.pin_easy</source>
      <translation>该密码最容易被猜到：数字相同或连续。请换一个。</translation>
    </message>
    <message>
      <source>voicemail.pin_missing</source>
      <translation>本机也要询问密码，但没有设置密码。请输入密码。</translation>
    </message>
    <message>
      <source>voicemail.unknown_mailbox</source>
      <translation>没有分机 {mailbox}，因此没有信箱。</translation>
    </message>
    <message>
      <source>voicemail.unknown_message</source>
      <translation>没有留言 {message}，可能已在话机上删除。</translation>
    </message>
    <message>
      <source>voicemail.unreadable</source>
      <translation>无法读取该留言的语音文件。</translation>
    </message>
  </context>
  <context>
    <name>fields</name>
    <message>
      <source>*97 asks for the PIN: for phones that others can reach.</source>
      <translation>拨 *97 时也询问密码：用于他人也能使用的话机。</translation>
    </message>
    <message>
      <source>0: the usual one for the encryption.</source>
      <translation>0：使用该加密方式的常用端口。</translation>
    </message>
    <message>
      <source>A PEM file with certificates of authorities to believe beside those this computer knows, where a carrier signs its own.</source>
      <translation>PEM 文件，包含除本机已信任的机构外还应信任的机构证书，用于自行签发证书的运营商。</translation>
    </message>
    <message>
      <source>A PEM file with your certificate and its chain. Empty: OpenMSS makes its own.</source>
      <translation>包含证书及证书链的 PEM 文件。留空：OpenMSS 自行生成。</translation>
    </message>
    <message>
      <source>A disabled extension cannot register, call or be called; all that is set for it is kept.</source>
      <translation>停用的分机不能注册、呼出和被叫；其配置全部保留。</translation>
    </message>
    <message>
      <source>A disabled group is not reached; all that is set for it is kept.</source>
      <translation>停用的振铃组无法呼入，其设置全部保留。</translation>
    </message>
    <message>
      <source>A disabled line neither registers nor carries calls; all that is set for it is kept.</source>
      <translation>停用的外线不注册也不承载呼叫；其配置全部保留。</translation>
    </message>
    <message>
      <source>A disabled room cannot be entered; all that is set for it is kept.</source>
      <translation>停用的会议室不能进入；其设置全部保留。</translation>
    </message>
    <message>
      <source>A disabled rule counts as if it were not there.</source>
      <translation>停用的规则视为不存在。</translation>
    </message>
    <message>
      <source>A disabled trunk carries no calls in either direction; all that is set for it is kept.</source>
      <translation>停用的中继在两个方向都不承载呼叫；其配置全部保留。</translation>
    </message>
    <message>
      <source>A group of external lines</source>
      <translation>外线组</translation>
    </message>
    <message>
      <source>A mail is sent to this address for each message. Empty: none.</source>
      <translation>每条留言都会发送邮件到此地址。留空则不发送。</translation>
    </message>
    <message>
      <source>A message ends by itself after that long.</source>
      <translation>留言达到该时长后自动结束。</translation>
    </message>
    <message>
      <source>A new one</source>
      <translation>使用新的</translation>
    </message>
    <message>
      <source>A number as it is dialled inside, extension:NUMBER, menu:NAME, voicemail:NUMBER, group:NUMBER or conference:ROOM.</source>
      <translation>按内部拨法的号码、extension:号码、menu:名称、voicemail:号码、group:号码或 conference:会议室。</translation>
    </message>
    <message>
      <source>A person or a place. Shown in lists, and to the called party as the caller's name.</source>
      <translation>人名或地点。显示在列表中，并作为主叫姓名显示给被叫。</translation>
    </message>
    <message>
      <source>A phone at one of these IP addresses or networks may call as this extension without registering and without a password. Whoever can forge these addresses can too: use them inside your own network only. Empty: the password is always needed.</source>
      <translation>位于这些 IP 地址或网段的话机无需注册和密码即可以此分机的身份呼叫。能伪造这些地址的人同样可以：请仅在自己的网络内使用。留空：始终需要密码。</translation>
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
      <source>A small packet this often keeps a NAT's door open. 0: none.</source>
      <translation>每隔此时间发送一个小数据包以保持 NAT 映射。0：不发送。</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <source>Accept: never banned for wrong passwords. Reject: every packet from there is dropped without an answer.</source>
      <translation>接受：不会因密码错误而被封禁。拒绝：来自该地址的数据包全部丢弃，不作应答。</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>账号</translation>
    </message>
    <message>
      <source>Additional Request-URI parameter</source>
      <translation>附加的 Request-URI 参数</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Administrator's e-mail</source>
      <translation>管理员邮箱</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>高级</translation>
    </message>
    <message>
      <source>Always</source>
      <translation>始终</translation>
    </message>
    <message>
      <source>Always put through, with or without the out-group prefix, whatever black lists, call levels and limits say. Separated by commas.</source>
      <translation>无论是否带出群字冠，也不受黑名单、呼叫级别和限制的影响，始终接通。用逗号分隔。</translation>
    </message>
    <message>
      <source>Always to</source>
      <translation>无条件转移到</translation>
    </message>
    <message>
      <source>An IPv4 or IPv6 address, or a network. The narrowest entry that holds an address decides.</source>
      <translation>IPv4 或 IPv6 地址，或网段。包含该地址的最小网段起作用。</translation>
    </message>
    <message>
      <source>An address that gives this many wrong passwords within a minute is banned. Phones of an office often share one address: it is spared while one of them has logged in within a week.</source>
      <translation>一分钟内输错密码达到此次数的地址将被封锁。同一办公室的话机常共用一个地址：只要其中一台一周内成功登录过，该地址就不会被封锁。</translation>
    </message>
    <message>
      <source>An outgoing call that nobody answers within this time is given up (CANCEL). 0: the system's time for all calls.</source>
      <translation>呼出在此时间内无人应答则放弃 (CANCEL)。0：使用系统的时长。</translation>
    </message>
    <message>
      <source>Announce this system to the carrier (REGISTER). Off for carriers that know you by your address and ask for the password only on calls.</source>
      <translation>向运营商注册 (REGISTER)。若运营商按地址识别、只在呼叫时要求密码，则关闭。</translation>
    </message>
    <message>
      <source>Announcements</source>
      <translation>提示音</translation>
    </message>
    <message>
      <source>Answer only challenges of this realm. Empty: whatever the carrier offers.</source>
      <translation>只应答该鉴权域的质询。留空：由运营商决定。</translation>
    </message>
    <message>
      <source>As DNS says</source>
      <translation>按 DNS</translation>
    </message>
    <message>
      <source>As dialled</source>
      <translation>按所拨号码</translation>
    </message>
    <message>
      <source>As on any day</source>
      <translation>与平日相同</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Ask for the PIN on the own phone too</source>
      <translation>在本机上也询问密码</translation>
    </message>
    <message>
      <source>Ask the other server every minute whether it is there (OPTIONS). Calls take the next trunk while it is silent.</source>
      <translation>每分钟询问对端是否在线 (OPTIONS)。无应答期间呼叫走下一条中继。</translation>
    </message>
    <message>
      <source>Attach the message</source>
      <translation>附上留言</translation>
    </message>
    <message>
      <source>Attendant menu</source>
      <translation>自动话务员菜单</translation>
    </message>
    <message>
      <source>Attendant menus</source>
      <translation>自动话务员菜单</translation>
    </message>
    <message>
      <source>Australia</source>
      <translation>澳大利亚</translation>
    </message>
    <message>
      <source>Authentication ID</source>
      <translation>鉴权用户名</translation>
    </message>
    <message>
      <source>Authentication user name includes the address</source>
      <translation>鉴权用户名应包含地址信息</translation>
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
      <source>Before a call is refused the caller hears why: busy, no answer, no such number. The refusal comes after that, so that phones show it, and other systems try elsewhere, some seconds later. Off: the phone's own tones; callers who have been answered already, by a menu say, hear it all the same.</source>
      <translation>在拒绝呼叫之前先向来电者播报原因：忙、无人接听、号码不存在等，播报完毕后才发送拒绝消息，因此话机显示结果、其他系统改走别的线路都会晚几秒。关闭：由话机自身播放信号音；已被接听（例如由自动总机接听）的来电者始终会听到原因。</translation>
    </message>
    <message>
      <source>Before the caller's name</source>
      <translation>主叫名前缀</translation>
    </message>
    <message>
      <source>Begins at</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>Behaviour</source>
      <translation>行为</translation>
    </message>
    <message>
      <source>Beyond it the oldest are deleted. 0: no limit but the disk's.</source>
      <translation>超过后删除最早的录音。0：仅受磁盘限制。</translation>
    </message>
    <message>
      <source>Black/white list entry</source>
      <translation>黑白名单记录</translation>
    </message>
    <message>
      <source>Both parties</source>
      <translation>双方</translation>
    </message>
    <message>
      <source>Brazil</source>
      <translation>巴西</translation>
    </message>
    <message>
      <source>By the country code</source>
      <translation>按国家代码</translation>
    </message>
    <message>
      <source>Call level</source>
      <translation>呼叫级别</translation>
    </message>
    <message>
      <source>Call levels</source>
      <translation>呼叫级别</translation>
    </message>
    <message>
      <source>Call-ID of a registration</source>
      <translation>注册的 Call-ID</translation>
    </message>
    <message>
      <source>Called number from</source>
      <translation>被叫号码取自</translation>
    </message>
    <message>
      <source>Called number rule</source>
      <translation>被叫号码分析</translation>
    </message>
    <message>
      <source>Called number rules</source>
      <translation>被叫号码分析</translation>
    </message>
    <message>
      <source>Called prefix</source>
      <translation>被叫字冠</translation>
    </message>
    <message>
      <source>Caller</source>
      <translation>主叫</translation>
    </message>
    <message>
      <source>Caller display number</source>
      <translation>主叫显示号码</translation>
    </message>
    <message>
      <source>Caller display numbers</source>
      <translation>主叫显示号码</translation>
    </message>
    <message>
      <source>Caller number rule</source>
      <translation>主叫号码分析</translation>
    </message>
    <message>
      <source>Caller number rules</source>
      <translation>主叫号码分析</translation>
    </message>
    <message>
      <source>Caller prefix</source>
      <translation>主叫字冠</translation>
    </message>
    <message>
      <source>Caller's number in</source>
      <translation>主叫号码放在</translation>
    </message>
    <message>
      <source>Callers may dial an extension</source>
      <translation>允许直拨分机</translation>
    </message>
    <message>
      <source>Callers may dial the number of an extension, a ring group or another menu in place of a key. They never get out over a line this way.</source>
      <translation>来电者可以不按键而直接拨分机、振铃组或其他菜单的号码。这样绝不会经外线呼出。</translation>
    </message>
    <message>
      <source>Callers may leave a message: when the line is busy, nobody answers or no phone can be reached, unless such calls are forwarded elsewhere. *97 plays the messages.</source>
      <translation>主叫可以留言：遇忙、无人接听或话机不可及时，除非此类来电已转移到别处。拨 *97 收听留言。</translation>
    </message>
    <message>
      <source>Callers that hide their number</source>
      <translation>隐藏号码的主叫</translation>
    </message>
    <message>
      <source>Calls also come from</source>
      <translation>呼叫还可来自</translation>
    </message>
    <message>
      <source>Calls back to mobile phones</source>
      <translation>回拨手机</translation>
    </message>
    <message>
      <source>Calls from this trunk may leave again by lines and trunks, as the dial plan says. Off: they reach only what is inside.</source>
      <translation>来自此中继的呼叫可按拨号规则再经外线和中继呼出。关闭：只能到达内部。</translation>
    </message>
    <message>
      <source>Calls go there while no phone can be reached. A number as this extension may dial it, extension:100, voicemail:100, group:600, menu:NAME or conference:ROOM. The phone sets it by dialling *92*NUMBER, and clears it by *92#. Empty: not forwarded.</source>
      <translation>没有话机可及时，来电转移到此处。填写本分机可拨打的号码、extension:100、voicemail:100、group:600、menu:名称或 conference:会议室。也可在话机上拨 *92*号码 设置，拨 *92# 取消。留空则不转移。</translation>
    </message>
    <message>
      <source>Calls go to</source>
      <translation>来电去向</translation>
    </message>
    <message>
      <source>Calls that nobody answers in time go there. A number as this extension may dial it, extension:100, voicemail:100, group:600, menu:NAME or conference:ROOM. The phone sets it by dialling *91*NUMBER, and clears it by *91#. Empty: not forwarded.</source>
      <translation>在规定时间内无人接听的来电转移到此处。填写本分机可拨打的号码、extension:100、voicemail:100、group:600、menu:名称或 conference:会议室。也可在话机上拨 *91*号码 设置，拨 *91# 取消。留空则不转移。</translation>
    </message>
    <message>
      <source>Calls that the phone refuses as busy go there. A number as this extension may dial it, extension:100, voicemail:100, group:600, menu:NAME or conference:ROOM. The phone sets it by dialling *90*NUMBER, and clears it by *90#. Empty: not forwarded.</source>
      <translation>话机以忙拒绝的来电转移到此处。填写本分机可拨打的号码、extension:100、voicemail:100、group:600、menu:名称或 conference:会议室。也可在话机上拨 *90*号码 设置，拨 *90# 取消。留空则不转移。</translation>
    </message>
    <message>
      <source>Carrier template</source>
      <translation>运营商模板</translation>
    </message>
    <message>
      <source>Channels of recordings</source>
      <translation>录音声道</translation>
    </message>
    <message>
      <source>Check long calls for being alive (RFC 4028, header Session-Expires), where the carrier takes part.</source>
      <translation>检查长时间通话是否仍存在（RFC 4028，Session-Expires 头域），需运营商支持。</translation>
    </message>
    <message>
      <source>Check the TLS certificate</source>
      <translation>检查 TLS 证书</translation>
    </message>
    <message>
      <source>Check with OPTIONS</source>
      <translation>用 OPTIONS 检测</translation>
    </message>
    <message>
      <source>China</source>
      <translation>中国</translation>
    </message>
    <message>
      <source>Chinese</source>
      <translation>中文</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>非工作时间</translation>
    </message>
    <message>
      <source>Codecs</source>
      <translation>编解码</translation>
    </message>
    <message>
      <source>Conference room</source>
      <translation>会议室</translation>
    </message>
    <message>
      <source>Conference rooms</source>
      <translation>会议室</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>国家代码</translation>
    </message>
    <message>
      <source>DID route</source>
      <translation>DID 路由</translation>
    </message>
    <message>
      <source>DID routes</source>
      <translation>DID 路由</translation>
    </message>
    <message>
      <source>DNS server</source>
      <translation>DNS 服务器</translation>
    </message>
    <message>
      <source>Days on which it is otherwise: dates, stretches with “..”, and month-day for every year.</source>
      <translation>例外的日子：日期、用“..”表示的区间，或每年的月-日。</translation>
    </message>
    <message>
      <source>Default route</source>
      <translation>默认路由</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete when mailed</source>
      <translation>发送邮件后删除</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>描述</translation>
    </message>
    <message>
      <source>Dial plan</source>
      <translation>拨号规则</translation>
    </message>
    <message>
      <source>Digits that are asked for at the door, or dialled at once: *6*8000*1234. Empty: none.</source>
      <translation>进入时询问的数字，也可直接拨 *6*8000*1234。留空：无密码。</translation>
    </message>
    <message>
      <source>Directly between the phones</source>
      <translation>话机之间直接传送</translation>
    </message>
    <message>
      <source>Display name</source>
      <translation>显示名称</translation>
    </message>
    <message>
      <source>Diversion</source>
      <translation>Diversion</translation>
    </message>
    <message>
      <source>Domain in From</source>
      <translation>From 中的域名</translation>
    </message>
    <message>
      <source>Each conference in this room is recorded, and everybody is told when entering.</source>
      <translation>此会议室的每次会议都录音，进入时告知每个人。</translation>
    </message>
    <message>
      <source>Emergency numbers</source>
      <translation>紧急号码</translation>
    </message>
    <message>
      <source>Enabled</source>
      <translation>启用</translation>
    </message>
    <message>
      <source>Encryption to the mail server</source>
      <translation>与邮件服务器的加密</translation>
    </message>
    <message>
      <source>Ends at</source>
      <translation>结束时间</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>错误</translation>
    </message>
    <message>
      <source>Every call goes there; the phone does not ring. A number as this extension may dial it, extension:100, voicemail:100, group:600, menu:NAME or conference:ROOM. The phone sets it by dialling *93*NUMBER, and clears it by *93#. Empty: not forwarded.</source>
      <translation>所有来电都转移到此处，话机不振铃。填写本分机可拨打的号码、extension:100、voicemail:100、group:600、menu:名称或 conference:会议室。也可在话机上拨 *93*号码 设置，拨 *93# 取消。留空则不转移。</translation>
    </message>
    <message>
      <source>Every extension may call out over this line. Off: only extensions that have it as their own line, and rules that name it.</source>
      <translation>每个分机都可经此外线呼出。关闭：只有以它为专用外线的分机和指定它的规则可用。</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Example Ltd</source>
      <translation>示例有限公司</translation>
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
      <source>External line</source>
      <translation>外线</translation>
    </message>
    <message>
      <source>External lines</source>
      <translation>外线</translation>
    </message>
    <message>
      <source>Folder of recordings</source>
      <translation>录音文件夹</translation>
    </message>
    <message>
      <source>For called numbers that begin so, as they were dialled. * is every number. The longest called prefix decides first, then the longest caller prefix.</source>
      <translation>适用于以此开头的被叫号码（按所拨号码）。* 表示全部号码。先比较最长的被叫字冠，再比较最长的主叫字冠。</translation>
    </message>
    <message>
      <source>For callers whose number begins so. * is every caller; anonymous is every caller that shows no number (From anonymous, no user part, or Privacy: id).</source>
      <translation>适用于号码以此开头的主叫。* 表示全部主叫；anonymous 表示不显示号码的主叫（From 为 anonymous、无用户部分，或 Privacy: id）。</translation>
    </message>
    <message>
      <source>Format of recordings</source>
      <translation>录音格式</translation>
    </message>
    <message>
      <source>Forwarding</source>
      <translation>呼叫转移</translation>
    </message>
    <message>
      <source>France</source>
      <translation>法国</translation>
    </message>
    <message>
      <source>Free space to leave</source>
      <translation>保留的空闲空间</translation>
    </message>
    <message>
      <source>From</source>
      <translation>From</translation>
    </message>
    <message>
      <source>Front desk</source>
      <translation>前台</translation>
    </message>
    <message>
      <source>Further TLS authorities</source>
      <translation>其他 TLS 机构证书</translation>
    </message>
    <message>
      <source>Germany</source>
      <translation>德国</translation>
    </message>
    <message>
      <source>Goes to</source>
      <translation>去向</translation>
    </message>
    <message>
      <source>Goodbye</source>
      <translation>结束语</translation>
    </message>
    <message>
      <source>Greeting</source>
      <translation>问候语</translation>
    </message>
    <message>
      <source>Highest RTP port</source>
      <translation>RTP 最大端口</translation>
    </message>
    <message>
      <source>Holidays</source>
      <translation>节假日</translation>
    </message>
    <message>
      <source>How SIP messages travel to the carrier (header Via).</source>
      <translation>SIP 消息到运营商的传输方式（Via 头域）。</translation>
    </message>
    <message>
      <source>How SIP messages travel to the other server (header Via).</source>
      <translation>SIP 消息到对端的传输方式（Via 头域）。</translation>
    </message>
    <message>
      <source>How long a called extension rings before the call is given up.</source>
      <translation>被叫分机振铃多久后放弃呼叫。</translation>
    </message>
    <message>
      <source>How long a registration is asked for (header Expires). It is refreshed well before; a carrier that wants longer is obeyed.</source>
      <translation>申请的注册时长（Expires 头域）。会提前刷新；运营商要求更长时按其要求。</translation>
    </message>
    <message>
      <source>How long callers may think once the greeting is over.</source>
      <translation>问候语播完后，来电者可以考虑多久。</translation>
    </message>
    <message>
      <source>How long everything from a banned address is dropped unread. 0: nobody is banned.</source>
      <translation>在此期间，来自被封锁地址的一切数据都不读取、直接丢弃。0：不封锁任何地址。</translation>
    </message>
    <message>
      <source>How long the menu waits for one more key where the number dialled could go on.</source>
      <translation>已拨号码可能未完时，菜单等待下一个按键的时间。</translation>
    </message>
    <message>
      <source>How long the phone rings before nobody answers. 0: as long as the system's setting says.</source>
      <translation>话机振铃多久算无人接听。0：按系统设置。</translation>
    </message>
    <message>
      <source>How long they ring, each of them where they ring in turn. 0: as long as the system's setting says.</source>
      <translation>振铃多久；依次振铃时为每个成员的时长。0：按系统设置。</translation>
    </message>
    <message>
      <source>How many calls may come in at once; further ones are refused. Empty: no limit; 0: no incoming calls.</source>
      <translation>最大呼入并发数；超出的被拒绝。留空：不限；0：禁止呼入。</translation>
    </message>
    <message>
      <source>How many calls may go out at once; further ones take the next way or are refused. Empty: no limit; 0: no outgoing calls.</source>
      <translation>最大呼出并发数；超出的走下一路由或被拒绝。留空：不限；0：禁止呼出。</translation>
    </message>
    <message>
      <source>How many calls the extension may make at once. Empty: as many as its phones can; 0: none.</source>
      <translation>分机可同时发起的呼叫数。留空：不限；0：禁止。</translation>
    </message>
    <message>
      <source>How many calls the line carries at once, in both directions together. Empty: as many as come; 0: none.</source>
      <translation>外线两个方向合计的并发呼叫数。留空：不限；0：禁止。</translation>
    </message>
    <message>
      <source>How many devices may be registered at once. Counts only with “One number, several phones”.</source>
      <translation>可同时注册的设备数量。仅在启用“一号多机”时有效。</translation>
    </message>
    <message>
      <source>How many digits are replaced or deleted. Does not count for inserting.</source>
      <translation>替换或删除的位数。插入时无效。</translation>
    </message>
    <message>
      <source>How many may be in the room at once. 0: any number.</source>
      <translation>同时最多多少人。0：不限。</translation>
    </message>
    <message>
      <source>How many messages the mailbox holds. Callers of a full mailbox are told so.</source>
      <translation>信箱可保存的留言数。信箱已满时会告知主叫。</translation>
    </message>
    <message>
      <source>How many of a hundred such calls are blocked: 100 blocks all, 0 lets all pass (white list).</source>
      <translation>每一百个此类呼叫中拦截多少个：100 全部拦截，0 全部放行（白名单）。</translation>
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
      <source>How often callers may press nothing, or a wrong key, before they go to the operator or the call ends.</source>
      <translation>来电者不按键或按错键多少次后，转话务员或结束通话。</translation>
    </message>
    <message>
      <source>How sound travels between two extensions. Automatic: directly, but through OpenMSS (sound only, no video) when a phone is behind a NAT or a feature needs the sound.</source>
      <translation>两个分机之间语音的传送方式。自动：直接传送；当话机位于 NAT 之后或业务需要语音时，经 OpenMSS 转发（仅音频，不含视频）。</translation>
    </message>
    <message>
      <source>ID</source>
      <translation>编号</translation>
    </message>
    <message>
      <source>IP address black/white list</source>
      <translation>IP 地址黑白名单</translation>
    </message>
    <message>
      <source>IP address list entry</source>
      <translation>IP 地址名单记录</translation>
    </message>
    <message>
      <source>IP addresses or networks the carrier sends calls from, beside the server it is registered at.</source>
      <translation>除注册服务器以外，运营商发起呼叫的 IP 地址或网段。</translation>
    </message>
    <message>
      <source>If nobody answers</source>
      <translation>无人应答时</translation>
    </message>
    <message>
      <source>In turn</source>
      <translation>依次</translation>
    </message>
    <message>
      <source>In which language the room speaks.</source>
      <translation>会议室使用的语言。</translation>
    </message>
    <message>
      <source>Incoming call</source>
      <translation>呼入</translation>
    </message>
    <message>
      <source>India</source>
      <translation>印度</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>信息</translation>
    </message>
    <message>
      <source>Insert</source>
      <translation>插入</translation>
    </message>
    <message>
      <source>International (ITU)</source>
      <translation>国际（ITU）</translation>
    </message>
    <message>
      <source>It does not hold</source>
      <translation>不生效</translation>
    </message>
    <message>
      <source>It holds, whatever the weekday</source>
      <translation>生效，不论星期几</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>日本</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Keep-alive every</source>
      <translation>保活间隔</translation>
    </message>
    <message>
      <source>Key #</source>
      <translation>按键 #</translation>
    </message>
    <message>
      <source>Key *</source>
      <translation>按键 *</translation>
    </message>
    <message>
      <source>Key 0</source>
      <translation>按键 0</translation>
    </message>
    <message>
      <source>Key 0 leads to</source>
      <translation>按 0 转到</translation>
    </message>
    <message>
      <source>Key 1</source>
      <translation>按键 1</translation>
    </message>
    <message>
      <source>Key 2</source>
      <translation>按键 2</translation>
    </message>
    <message>
      <source>Key 3</source>
      <translation>按键 3</translation>
    </message>
    <message>
      <source>Key 4</source>
      <translation>按键 4</translation>
    </message>
    <message>
      <source>Key 5</source>
      <translation>按键 5</translation>
    </message>
    <message>
      <source>Key 6</source>
      <translation>按键 6</translation>
    </message>
    <message>
      <source>Key 7</source>
      <translation>按键 7</translation>
    </message>
    <message>
      <source>Key 8</source>
      <translation>按键 8</translation>
    </message>
    <message>
      <source>Key 9</source>
      <translation>按键 9</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Language of announcements</source>
      <translation>提示音语言</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>长度</translation>
    </message>
    <message>
      <source>Length of a ban</source>
      <translation>封锁时长</translation>
    </message>
    <message>
      <source>Lines with the same group stand for each other: a rule of the dial plan that leads to the group takes the first that is free.</source>
      <translation>同组的外线互为备用：指向该组的拨号规则使用第一条空闲的外线。</translation>
    </message>
    <message>
      <source>Listen on</source>
      <translation>监听地址</translation>
    </message>
    <message>
      <source>Local address</source>
      <translation>本机地址</translation>
    </message>
    <message>
      <source>Local user</source>
      <translation>本地用户</translation>
    </message>
    <message>
      <source>Locked at the start</source>
      <translation>开始时锁定</translation>
    </message>
    <message>
      <source>Log level</source>
      <translation>日志级别</translation>
    </message>
    <message>
      <source>Longest message</source>
      <translation>最长留言</translation>
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
      <source>Mail</source>
      <translation>邮件</translation>
    </message>
    <message>
      <source>Mail server</source>
      <translation>邮件服务器</translation>
    </message>
    <message>
      <source>Mail to</source>
      <translation>发送邮件到</translation>
    </message>
    <message>
      <source>Many providers want a password made for programs here, not the one of the mailbox. It is kept encrypted and not shown again.</source>
      <translation>许多服务商要求填写为程序生成的授权码，而不是邮箱密码。加密保存，不再显示。</translation>
    </message>
    <message>
      <source>Marks the user part as a telephone number. Most carriers want it or do not mind; a few refuse calls with it.</source>
      <translation>表示用户部分是电话号码。多数运营商需要或不介意；少数会拒绝。</translation>
    </message>
    <message>
      <source>May call out through us</source>
      <translation>允许经本系统呼出</translation>
    </message>
    <message>
      <source>Media</source>
      <translation>媒体</translation>
    </message>
    <message>
      <source>Members</source>
      <translation>成员</translation>
    </message>
    <message>
      <source>Mobile numbers over the cheap line</source>
      <translation>手机号码走便宜的线路</translation>
    </message>
    <message>
      <source>Mode</source>
      <translation>方式</translation>
    </message>
    <message>
      <source>Moderator's password</source>
      <translation>主持人密码</translation>
    </message>
    <message>
      <source>Monday meeting</source>
      <translation>周一例会</translation>
    </message>
    <message>
      <source>Mono</source>
      <translation>单声道</translation>
    </message>
    <message>
      <source>Mono: both parties mixed. Stereo: the caller left, the called party right. Conferences are always mono.</source>
      <translation>单声道：双方混合。立体声：主叫在左，被叫在右。会议始终为单声道。</translation>
    </message>
    <message>
      <source>More IP addresses, networks or names that the other side sends calls from, separated by commas. Calls from any other address are not served.</source>
      <translation>对端发起呼叫的其他 IP 地址、网段或域名，用逗号分隔。来自其他地址的呼叫不予处理。</translation>
    </message>
    <message>
      <source>More Request-URI parameters</source>
      <translation>更多 Request-URI 参数</translation>
    </message>
    <message>
      <source>Most calls at once</source>
      <translation>最大并发呼叫数</translation>
    </message>
    <message>
      <source>Most devices</source>
      <translation>最大设备数</translation>
    </message>
    <message>
      <source>Most incoming calls</source>
      <translation>最大呼入并发数</translation>
    </message>
    <message>
      <source>Most messages</source>
      <translation>最多留言数</translation>
    </message>
    <message>
      <source>Most outgoing calls</source>
      <translation>最大呼出并发数</translation>
    </message>
    <message>
      <source>Most parties</source>
      <translation>最多人数</translation>
    </message>
    <message>
      <source>Music for the first</source>
      <translation>第一人听音乐</translation>
    </message>
    <message>
      <source>Music on hold</source>
      <translation>保持音乐</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Names</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Names the entry: a number or a short name of your choice. Rules alike in all else count in the order of their IDs.</source>
      <translation>记录的编号：自选数字或简短名称。其他条件相同时按编号顺序生效。</translation>
    </message>
    <message>
      <source>Names the rule: a number or a short name of your choice. Rules alike in all else count in the order of their IDs.</source>
      <translation>规则的编号：自选数字或简短名称。其他条件相同时按编号顺序生效。</translation>
    </message>
    <message>
      <source>Names the transition: a number or a short name of your choice. Rules alike in all else count in the order of their IDs.</source>
      <translation>号码变换的编号：自选数字或简短名称。其他条件相同时按编号顺序生效。</translation>
    </message>
    <message>
      <source>Names: each party says its name at the door.</source>
      <translation>姓名：每个人进入时说出自己的姓名。</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>News of versions from</source>
      <translation>新版本消息来源</translation>
    </message>
    <message>
      <source>No answer after</source>
      <translation>无应答时长</translation>
    </message>
    <message>
      <source>No key</source>
      <translation>未按键</translation>
    </message>
    <message>
      <source>No-answer time</source>
      <translation>无应答时长</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>不告知</translation>
    </message>
    <message>
      <source>Nobody enters before a moderator is there or the room is unlocked in the window.</source>
      <translation>主持人到场或在窗口中解锁之前，任何人不能进入。</translation>
    </message>
    <message>
      <source>None (port 25)</source>
      <translation>不加密（端口 25）</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>无提示</translation>
    </message>
    <message>
      <source>Nowhere: refused</source>
      <translation>无：拒绝</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>号码</translation>
    </message>
    <message>
      <source>Numbers are written</source>
      <translation>号码格式</translation>
    </message>
    <message>
      <source>Numbers that begin so, and no rule or extension fits, go out over an external line without it. Empty: no such prefix.</source>
      <translation>以此开头且没有匹配规则或分机的号码，去掉字冠后经外线呼出。留空：没有出群字冠。</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Offer video too. Few carriers know it, and some refuse calls that offer it.</source>
      <translation>同时提供视频。支持的运营商很少，有的会拒绝此类呼叫。</translation>
    </message>
    <message>
      <source>Office hours of the branch</source>
      <translation>分公司上班时间</translation>
    </message>
    <message>
      <source>Often the whole e-mail address. Empty: the server asks for no password.</source>
      <translation>通常是完整的邮箱地址。留空：服务器不要求密码。</translation>
    </message>
    <message>
      <source>Ogg Opus</source>
      <translation>Ogg Opus</translation>
    </message>
    <message>
      <source>Older ones are deleted. 0: kept whatever their age.</source>
      <translation>更早的将被删除。0：不按时间删除。</translation>
    </message>
    <message>
      <source>On demand</source>
      <translation>按需</translation>
    </message>
    <message>
      <source>On failure try trunk</source>
      <translation>失败时改用中继</translation>
    </message>
    <message>
      <source>On holidays</source>
      <translation>节假日当天</translation>
    </message>
    <message>
      <source>One number, several phones</source>
      <translation>一号多机</translation>
    </message>
    <message>
      <source>Only extensions that have this call level may dial such numbers; others are refused. Empty: every extension.</source>
      <translation>只有具有此呼叫级别的分机才能拨打；其他被拒绝。留空：全部分机。</translation>
    </message>
    <message>
      <source>Only for callers whose number begins so. Of rules with the same called prefix the one with the longest caller prefix decides. * is every caller.</source>
      <translation>只适用于号码以此开头的主叫。被叫字冠相同时，主叫字冠最长的规则生效。* 表示全部主叫。</translation>
    </message>
    <message>
      <source>Only for calls over this external line. Empty: over any line or trunk.</source>
      <translation>只适用于经此外线的呼叫。留空：任意外线或中继。</translation>
    </message>
    <message>
      <source>Opens the mailbox from other phones (*98). 4 to 10 digits. Only a fingerprint of it is kept. While there is none, only the own phone opens the mailbox.</source>
      <translation>用于在其他话机上打开信箱（*98）。4 到 10 位数字。系统只保存其指纹。没有密码时，只有本机可以打开信箱。</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>话务员</translation>
    </message>
    <message>
      <source>Otherwise goes to</source>
      <translation>其他时间去向</translation>
    </message>
    <message>
      <source>Out-group prefix</source>
      <translation>出群字冠</translation>
    </message>
    <message>
      <source>Outgoing call</source>
      <translation>呼出</translation>
    </message>
    <message>
      <source>Outgoing group</source>
      <translation>出局组</translation>
    </message>
    <message>
      <source>Over TLS, the carrier's certificate must be made out to the server's name and signed by an authority this computer knows. Off: encrypted, but whoever stands in between can listen.</source>
      <translation>使用 TLS 时，运营商的证书必须与服务器名称相符，并由本机信任的机构签发。关闭：仍然加密，但中间人可以窃听。</translation>
    </message>
    <message>
      <source>Over TLS, the other server's certificate must be made out to the server's name and signed by an authority this computer knows. Off: encrypted, but whoever stands in between can listen.</source>
      <translation>使用 TLS 时，对端服务器的证书必须与服务器名称相符，并由本机信任的机构签发。关闭：仍然加密，但中间人可以窃听。</translation>
    </message>
    <message>
      <source>Own line</source>
      <translation>专用外线</translation>
    </message>
    <message>
      <source>Own outside number</source>
      <translation>自有外线号码</translation>
    </message>
    <message>
      <source>P-Asserted-Identity</source>
      <translation>P-Asserted-Identity</translation>
    </message>
    <message>
      <source>P-Called-Party-ID</source>
      <translation>P-Called-Party-ID</translation>
    </message>
    <message>
      <source>P-Preferred-Identity</source>
      <translation>P-Preferred-Identity</translation>
    </message>
    <message>
      <source>Parameters that the carrier wants at the end of the Request-URI, separated by semicolons.</source>
      <translation>运营商要求加在 Request-URI 末尾的参数，用分号分隔。</translation>
    </message>
    <message>
      <source>Parameters that the other side wants at the end of the Request-URI, separated by semicolons.</source>
      <translation>对端要求加在 Request-URI 末尾的参数，用分号分隔。</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Password at the mail server</source>
      <translation>邮件服务器密码</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Port of the mail server</source>
      <translation>邮件服务器端口</translation>
    </message>
    <message>
      <source>Program name in messages</source>
      <translation>消息中的程序名</translation>
    </message>
    <message>
      <source>Prompt language</source>
      <translation>提示语言</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>代理服务器</translation>
    </message>
    <message>
      <source>Public address</source>
      <translation>公网地址</translation>
    </message>
    <message>
      <source>Rate</source>
      <translation>比例</translation>
    </message>
    <message>
      <source>Realm</source>
      <translation>鉴权域 (realm)</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Recording is announced to</source>
      <translation>录音告知</translation>
    </message>
    <message>
      <source>Recordings are kept for</source>
      <translation>录音保存</translation>
    </message>
    <message>
      <source>Recordings take at most</source>
      <translation>录音最多占用</translation>
    </message>
    <message>
      <source>Refine rule</source>
      <translation>出局号码变换</translation>
    </message>
    <message>
      <source>Refine rules</source>
      <translation>出局号码变换</translation>
    </message>
    <message>
      <source>Register</source>
      <translation>向运营商注册</translation>
    </message>
    <message>
      <source>Registration</source>
      <translation>注册</translation>
    </message>
    <message>
      <source>Registration time</source>
      <translation>注册时长</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <source>Relay media</source>
      <translation>转发媒体流</translation>
    </message>
    <message>
      <source>Reliable ringing (100rel)</source>
      <translation>可靠振铃 (100rel)</translation>
    </message>
    <message>
      <source>Remote-Party-ID</source>
      <translation>Remote-Party-ID</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace digits by others, insert some, or delete some.</source>
      <translation>替换、插入或删除若干位。</translation>
    </message>
    <message>
      <source>Request-URI</source>
      <translation>Request-URI</translation>
    </message>
    <message>
      <source>Required</source>
      <translation>必须</translation>
    </message>
    <message>
      <source>Ring group</source>
      <translation>振铃组</translation>
    </message>
    <message>
      <source>Ring groups</source>
      <translation>振铃组</translation>
    </message>
    <message>
      <source>Rings for</source>
      <translation>振铃时长</translation>
    </message>
    <message>
      <source>Room</source>
      <translation>会议室</translation>
    </message>
    <message>
      <source>Russia</source>
      <translation>俄罗斯</translation>
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
      <source>SIP trunk</source>
      <translation>SIP中继</translation>
    </message>
    <message>
      <source>SIP trunks</source>
      <translation>SIP中继</translation>
    </message>
    <message>
      <source>STARTTLS (port 587)</source>
      <translation>STARTTLS（端口 587）</translation>
    </message>
    <message>
      <source>STARTTLS and TLS check the server's certificate. Without encryption the password can be read on the way.</source>
      <translation>STARTTLS 和 TLS 会校验服务器证书。不加密时，密码可能在途中被读取。</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>销售部</translation>
    </message>
    <message>
      <source>Sales department</source>
      <translation>销售部</translation>
    </message>
    <message>
      <source>Say why a call fails</source>
      <translation>播报呼叫失败原因</translation>
    </message>
    <message>
      <source>Scanner</source>
      <translation>扫描程序</translation>
    </message>
    <message>
      <source>Sender of our mail</source>
      <translation>发件人地址</translation>
    </message>
    <message>
      <source>Server address</source>
      <translation>服务器地址</translation>
    </message>
    <message>
      <source>Server address or domain</source>
      <translation>服务器地址或域名</translation>
    </message>
    <message>
      <source>Server port</source>
      <translation>服务器端口</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>业务</translation>
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
      <source>Shared</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Shortest message</source>
      <translation>最短留言</translation>
    </message>
    <message>
      <source>Shortest registration</source>
      <translation>最短注册时间</translation>
    </message>
    <message>
      <source>Show both</source>
      <translation>两者都显示</translation>
    </message>
    <message>
      <source>Show it in place of the caller's own number, or both: the shown one as the number and the caller's own as the name.</source>
      <translation>代替主叫自己的号码显示，或两者都显示：显示号码作为号码，主叫自己的号码作为名称。</translation>
    </message>
    <message>
      <source>Shown number</source>
      <translation>显示号码</translation>
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
      <source>Start</source>
      <translation>起始位置</translation>
    </message>
    <message>
      <source>Stereo</source>
      <translation>立体声</translation>
    </message>
    <message>
      <source>String</source>
      <translation>号码串</translation>
    </message>
    <message>
      <source>System black/white list</source>
      <translation>系统黑白名单</translation>
    </message>
    <message>
      <source>TLS certificate file</source>
      <translation>TLS 证书文件</translation>
    </message>
    <message>
      <source>TLS from the start (port 465)</source>
      <translation>直接 TLS（端口 465）</translation>
    </message>
    <message>
      <source>TLS key file</source>
      <translation>TLS 私钥文件</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>目标</translation>
    </message>
    <message>
      <source>The DNS server to ask for the carrier's names, where only the carrier's own knows them. Empty: the system's.</source>
      <translation>查询运营商域名所用的 DNS 服务器（仅运营商自己的 DNS 才能解析时）。留空：系统的 DNS。</translation>
    </message>
    <message>
      <source>The PEM file with the certificate's private key, without a password.</source>
      <translation>证书私钥的 PEM 文件，不带密码。</translation>
    </message>
    <message>
      <source>The REGISTER with the password has the same Call-ID as the one before it (RFC 3261 10.2), or a new one: for carriers that answer 400 Invalid CSeq number.</source>
      <translation>带密码的 REGISTER 与前一个使用相同的 Call-ID（RFC 3261 10.2），或使用新的：用于返回 400 Invalid CSeq number 的运营商。</translation>
    </message>
    <message>
      <source>The SMTP server that takes our mail: voice messages, and notices to the administrator. Empty: no mail is sent.</source>
      <translation>代我们发信的 SMTP 服务器：语音留言和给管理员的通知。留空：不发送邮件。</translation>
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
      <source>The account or number at the carrier: the user part of From, To and Contact, and the user name for the password unless an authentication ID is set.</source>
      <translation>运营商的账号或号码：From、To 和 Contact 的用户部分；未设置鉴权用户名时也用于鉴权。</translation>
    </message>
    <message>
      <source>The account's password at the carrier. Kept encrypted; it is never sent, only used to answer the carrier's challenge (header Authorization).</source>
      <translation>运营商账号的密码。加密保存；不会发送，只用于应答运营商的质询（Authorization 头域）。</translation>
    </message>
    <message>
      <source>The address of the network card that leads to the carrier, where there are several (a card of its own for the carrier's private network). Empty: the system chooses.</source>
      <translation>通往运营商的网卡地址（有多块网卡时，例如运营商专网）。留空：由系统选择。</translation>
    </message>
    <message>
      <source>The address or name of your router as the Internet sees it: what phones and carriers on the Internet are told. The router must pass the SIP and RTP ports on to this machine, unchanged.</source>
      <translation>路由器在互联网上的地址或域名：告知互联网上的话机和运营商的就是它。路由器须将 SIP 和 RTP 端口原样转发到本机。</translation>
    </message>
    <message>
      <source>The address our mail comes from. Empty: the user at the mail server, where that is an address.</source>
      <translation>邮件的发件人地址。留空：使用邮件服务器用户名（须为邮箱地址）。</translation>
    </message>
    <message>
      <source>The addresses of this machine that phones can reach. Empty: all of them.</source>
      <translation>话机可以访问的本机地址。留空：全部地址。</translation>
    </message>
    <message>
      <source>The call levels such callers have in place of their own: numbers from 1 to 99, separated by commas. Empty: their own.</source>
      <translation>此类主叫代替自身使用的呼叫级别：1 到 99 的数字，用逗号分隔。留空：使用自身的。</translation>
    </message>
    <message>
      <source>The caller is told, and comes back to the menu</source>
      <translation>提示来电者并返回菜单</translation>
    </message>
    <message>
      <source>The caller is told, and the call ends</source>
      <translation>提示来电者并结束通话</translation>
    </message>
    <message>
      <source>The caller's</source>
      <translation>与来电者一致</translation>
    </message>
    <message>
      <source>The carrier's server or domain: it stands in From, To and the Request-URI. With a proxy set it is only a name and never looked up in DNS.</source>
      <translation>运营商的服务器或域名：出现在 From、To 和 Request-URI 中。设置代理服务器后它只是名称，不作 DNS 解析。</translation>
    </message>
    <message>
      <source>The change that the caller's number undergoes before all other rules see it: +86138… may become 9138…, so that calling back works.</source>
      <translation>在其他规则之前对主叫号码作的变换：例如 +86138… 变为 9138…，以便回拨。</translation>
    </message>
    <message>
      <source>The change that the number undergoes before it is routed.</source>
      <translation>选路之前对号码作的变换。</translation>
    </message>
    <message>
      <source>The change that the number undergoes; the result stands in Request-URI and To.</source>
      <translation>对号码作的变换；结果出现在 Request-URI 和 To 中。</translation>
    </message>
    <message>
      <source>The codecs that OpenMSS itself speaks, the best first, separated by commas: for menus, voice mail, conferences, and calls between phones that have none in common.</source>
      <translation>OpenMSS 自身使用的编解码，最好的写在最前，以逗号分隔：用于自动总机、语音信箱、会议，以及没有共同编解码的话机之间的通话。</translation>
    </message>
    <message>
      <source>The codecs the carrier takes, the best first, separated by commas; others are not offered. Empty: all that the phone offers.</source>
      <translation>运营商接受的编解码，优先的在前，用逗号分隔；其他不提供。留空：话机提供的全部。</translation>
    </message>
    <message>
      <source>The country whose ringing, busy and other tones callers hear from OpenMSS.</source>
      <translation>来电者从 OpenMSS 听到的回铃音、忙音等信号音所属的国家。</translation>
    </message>
    <message>
      <source>The country your lines are in, as digits: 86, 49, 1. Needed to write numbers in another form and to recognise your own in any form.</source>
      <translation>外线所在国家的代码：86、49、1。用于转换号码格式，并识别各种格式的自有号码。</translation>
    </message>
    <message>
      <source>The days on which it holds. Empty: none, so that it holds at most on holidays.</source>
      <translation>生效的星期。留空：无，即最多在节假日生效。</translation>
    </message>
    <message>
      <source>The digits that are put there. Replacing 1 digit at 0 by 0086 turns 0138… into 0086138….</source>
      <translation>放入的号码串。把第 0 位起的 1 位替换为 0086，0138… 变为 0086138…。</translation>
    </message>
    <message>
      <source>The extension's direct number: shown to called parties outside, and calls to it ring here. Empty: the line's own number is shown.</source>
      <translation>分机的直线号码：呼出时显示给对方，呼入该号码时本分机振铃。留空：显示外线自己的号码。</translation>
    </message>
    <message>
      <source>The extension's voice mail</source>
      <translation>该分机的语音信箱</translation>
    </message>
    <message>
      <source>The extensions that ring, in this order where they ring in turn. An extension may be in several groups. Their own forwarding does not count for calls to the group.</source>
      <translation>振铃的分机；依次振铃时按此顺序。一个分机可属于多个振铃组。呼叫振铃组时，成员自己的呼叫转移不起作用。</translation>
    </message>
    <message>
      <source>The external line that this extension's calls take first, shared or not.</source>
      <translation>此分机呼出时首先使用的外线，不论是否共享。</translation>
    </message>
    <message>
      <source>The first UDP port for relayed sound.</source>
      <translation>语音转发使用的第一个 UDP 端口。</translation>
    </message>
    <message>
      <source>The form in which called numbers go out in Request-URI and To. Needs the country code in the system settings.</source>
      <translation>被叫号码在 Request-URI 和 To 中的格式。需要在系统配置中设置国家代码。</translation>
    </message>
    <message>
      <source>The header that carries the caller's number beside From.</source>
      <translation>除 From 外携带主叫号码的头域。</translation>
    </message>
    <message>
      <source>The header that carries the number shown to the called party, where it is not the line's own.</source>
      <translation>显示号码不是外线自己的号码时，携带该号码的头域。</translation>
    </message>
    <message>
      <source>The id of the carrier's template that the line was made from. It changes nothing by itself.</source>
      <translation>创建此外线所用的运营商模板编号，本身不起作用。</translation>
    </message>
    <message>
      <source>The language of the window.</source>
      <translation>窗口的语言。</translation>
    </message>
    <message>
      <source>The language the menu speaks, and whatever comes after it.</source>
      <translation>菜单及其后续提示所用的语言。</translation>
    </message>
    <message>
      <source>The last UDP port for relayed sound. A call takes four.</source>
      <translation>语音转发使用的最后一个 UDP 端口。每路通话占用四个端口。</translation>
    </message>
    <message>
      <source>The line's or trunk's name, the outgoing group, or the number of a service, as “Goes to” says.</source>
      <translation>按“去向”填写：外线或中继的名称、出局组，或业务的号码。</translation>
    </message>
    <message>
      <source>The mail carries the message itself as a sound file.</source>
      <translation>邮件附带留言的声音文件。</translation>
    </message>
    <message>
      <source>The message is deleted here when its mail, with the message attached, has been accepted.</source>
      <translation>附有留言的邮件被接收后，此处的留言即被删除。</translation>
    </message>
    <message>
      <source>The name beside the number in From. Empty: none is sent.</source>
      <translation>From 中号码旁的名称。留空：不发送。</translation>
    </message>
    <message>
      <source>The name phones see when they are asked for a password. Passwords are kept as fingerprints that hold it, so it is fixed when the database is made.</source>
      <translation>要求话机鉴权时显示的名称。密码以包含它的摘要保存，因此在创建数据库时就已固定。</translation>
    </message>
    <message>
      <source>The number of the caller it is for: an extension, or a number from outside after the caller rules.</source>
      <translation>适用的主叫号码：分机，或经主叫号码分析后的外部号码。</translation>
    </message>
    <message>
      <source>The number that the called party sees (user part of From, or the header the line is set to).</source>
      <translation>被叫看到的号码（From 的用户部分，或外线所设的头域）。</translation>
    </message>
    <message>
      <source>The number that was dialled outside, or how it begins; the longest that fits decides. It is found in any form the carrier writes it in (+86…, 0086…) once the country code is set.</source>
      <translation>外部所拨的号码或其开头；最长匹配生效。设置国家代码后可识别运营商的各种写法（+86…、0086…）。</translation>
    </message>
    <message>
      <source>The one number that all calls over this trunk show as their caller (user part of From). Empty: the caller's own.</source>
      <translation>经此中继的全部呼叫统一显示的主叫号码（From 的用户部分）。留空：主叫自己的号码。</translation>
    </message>
    <message>
      <source>The operator</source>
      <translation>话务员</translation>
    </message>
    <message>
      <source>The other server's IP address or name. Calls go there (Request-URI), and calls from it are let in without a password; several addresses behind one name are all recognised.</source>
      <translation>对端服务器的 IP 地址或域名。呼叫发往该处 (Request-URI)，来自它的呼叫无需密码；一个域名对应的多个地址都能识别。</translation>
    </message>
    <message>
      <source>The other server's SIP port.</source>
      <translation>对端服务器的 SIP 端口。</translation>
    </message>
    <message>
      <source>The outgoing group of the lines it is for, or trunk:NAME for one trunk. Empty: every line and trunk.</source>
      <translation>适用外线的出局组，或用 trunk:名称 指定一条中继。留空：全部外线和中继。</translation>
    </message>
    <message>
      <source>The part of the carrier's INVITE that says which of your numbers was dialled. Automatic: P-Called-Party-ID where there is one, else the Request-URI, else To.</source>
      <translation>运营商的 INVITE 中哪一部分表示所拨的号码。自动：有 P-Called-Party-ID 时取它，否则取 Request-URI，再否则取 To。</translation>
    </message>
    <message>
      <source>The party outside</source>
      <translation>外部一方</translation>
    </message>
    <message>
      <source>The phone may forward</source>
      <translation>话机可设置转移</translation>
    </message>
    <message>
      <source>The phone may set forwarding by dialling *90 to *93, and may send a call on by itself (SIP 302). Whoever pays for calls to the outside may want to allow it to few.</source>
      <translation>话机可拨 *90 至 *93 设置呼叫转移，也可自行转移来电（SIP 302）。若担心外线费用，可只允许少数分机使用。</translation>
    </message>
    <message>
      <source>The place of the first digit concerned; 0 is the first digit of the number.</source>
      <translation>涉及的第一位的位置；0 表示号码的第一位。</translation>
    </message>
    <message>
      <source>The port of the server, where the carrier names one. Empty: as DNS says (SRV), else 5060, or 5061 with TLS. With a proxy write the port behind the proxy's name.</source>
      <translation>服务器端口（运营商指定时）。留空：按 DNS (SRV)，否则 5060，TLS 为 5061。使用代理时把端口写在代理名称之后。</translation>
    </message>
    <message>
      <source>The room's number: *6*8000 is dialled to enter room 8000.</source>
      <translation>会议室号码：拨 *6*8000 进入会议室 8000。</translation>
    </message>
    <message>
      <source>The rule is for callers whose number begins so. The longest prefix decides; * is every caller.</source>
      <translation>适用于号码以此开头的主叫。最长字冠生效；* 表示全部主叫。</translation>
    </message>
    <message>
      <source>The rule is for dialled numbers that begin so. The longest prefix that fits decides; * is every number.</source>
      <translation>适用于以此开头的所拨号码。最长字冠生效；* 表示全部号码。</translation>
    </message>
    <message>
      <source>The rule is for numbers that begin so when they are about to leave. The longest prefix decides; * is every number.</source>
      <translation>适用于即将呼出且以此开头的号码。最长字冠生效；* 表示全部号码。</translation>
    </message>
    <message>
      <source>The server that packets really go to, where it is not the domain: name or IP address, perhaps with a port. It stands in the header Route.</source>
      <translation>数据包实际发往的服务器（与域名不同时）：域名或 IP 地址，可带端口。出现在 Route 头域中。</translation>
    </message>
    <message>
      <source>The setting's name.</source>
      <translation>设置的名称。</translation>
    </message>
    <message>
      <source>The setting's value. Empty puts the default back where a setting cannot be empty.</source>
      <translation>设置的值。不能为空的设置留空则恢复默认值。</translation>
    </message>
    <message>
      <source>The sound of calls over this trunk goes through OpenMSS (its address stands in the SDP). Sound only: video is refused.</source>
      <translation>经此中继的语音由 OpenMSS 转发（SDP 中为其地址）。仅音频：拒绝视频。</translation>
    </message>
    <message>
      <source>The time of day at which it begins.</source>
      <translation>每天开始的时间。</translation>
    </message>
    <message>
      <source>The time of day at which it ends. Before the beginning: on the next day. The same as the beginning: the whole day.</source>
      <translation>每天结束的时间。早于开始时间：次日。与开始相同：全天。</translation>
    </message>
    <message>
      <source>The trunk that takes calls over when this one is full, silent or out of order (busy, 5xx).</source>
      <translation>此中继占满、无应答或故障（忙、5xx）时接替的中继。</translation>
    </message>
    <message>
      <source>The user name for the password is written with the domain, such as +8612345678@gd.ctcims.cn. Some IMS networks answer 403 Forbidden without it.</source>
      <translation>鉴权用户名带域名，例如 +8612345678@gd.ctcims.cn。有些 IMS 网络不带则返回 403 Forbidden。</translation>
    </message>
    <message>
      <source>The user name for the password where the carrier gave one apart from the account (username in the header Authorization). Empty: the account.</source>
      <translation>运营商另外给出的鉴权用户名（Authorization 头域的 username）。留空：使用账号。</translation>
    </message>
    <message>
      <source>The window asks this address once a day for the newest version of OpenMSS, and says when there is one; it never downloads or installs anything. A JSON file with version, notes and url. Empty: nobody is asked.</source>
      <translation>窗口每天向该地址查询一次 OpenMSS 的最新版本，有新版本时给出提示；绝不自动下载或安装。该地址应为含 version、notes 和 url 的 JSON 文件。留空：不查询任何地址。</translation>
    </message>
    <message>
      <source>They ring</source>
      <translation>振铃方式</translation>
    </message>
    <message>
      <source>Through OpenMSS</source>
      <translation>经 OpenMSS 转发</translation>
    </message>
    <message>
      <source>Time between keys</source>
      <translation>按键间隔</translation>
    </message>
    <message>
      <source>Time condition</source>
      <translation>时间条件</translation>
    </message>
    <message>
      <source>Time conditions</source>
      <translation>时间条件</translation>
    </message>
    <message>
      <source>Time for the first key</source>
      <translation>首个按键的时间</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>时区</translation>
    </message>
    <message>
      <source>To</source>
      <translation>To</translation>
    </message>
    <message>
      <source>Together</source>
      <translation>同时</translation>
    </message>
    <message>
      <source>Together: the first who answers has the call. In turn: each rings alone, one after the other.</source>
      <translation>同时：谁先接听，呼叫就归谁。依次：每次只有一个成员振铃。</translation>
    </message>
    <message>
      <source>Tones</source>
      <translation>提示音</translation>
    </message>
    <message>
      <source>Tones as in</source>
      <translation>信号音标准</translation>
    </message>
    <message>
      <source>Transition</source>
      <translation>号码变换</translation>
    </message>
    <message>
      <source>Transitions</source>
      <translation>号码变换</translation>
    </message>
    <message>
      <source>Transport</source>
      <translation>传输</translation>
    </message>
    <message>
      <source>Tries</source>
      <translation>尝试次数</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Unified caller number</source>
      <translation>统一主叫号码</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>英国</translation>
    </message>
    <message>
      <source>United States, Canada</source>
      <translation>美国、加拿大</translation>
    </message>
    <message>
      <source>User at the mail server</source>
      <translation>邮件服务器用户名</translation>
    </message>
    <message>
      <source>User in From</source>
      <translation>From 中的用户</translation>
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
      <source>Verdict</source>
      <translation>处理</translation>
    </message>
    <message>
      <source>Video</source>
      <translation>视频</translation>
    </message>
    <message>
      <source>Voice mail</source>
      <translation>语音信箱</translation>
    </message>
    <message>
      <source>WAV plays everywhere and costs the least time; FLAC takes half the room without loss; Opus a tenth, with a loss that speech hardly shows.</source>
      <translation>WAV 处处可播，处理最省时；FLAC 无损，空间减半；Opus 约占十分之一，语音几乎听不出损失。</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>Weekdays</source>
      <translation>星期</translation>
    </message>
    <message>
      <source>What a phone gets that asks for no particular time.</source>
      <translation>话机没有指定时间时使用的值。</translation>
    </message>
    <message>
      <source>What callers hear announcements in. Extensions and external lines may have another.</source>
      <translation>来电者听到的提示音语言。分机和外线可另行设置。</translation>
    </message>
    <message>
      <source>What callers hear first. The name of an announcement, or of a recording of your own in cust_ann.</source>
      <translation>来电者首先听到的内容。填写提示音名称，或 cust_ann 中自己录音的名称。</translation>
    </message>
    <message>
      <source>What callers over this line hear announcements in.</source>
      <translation>经此外线呼入的来电者听到的提示音语言。</translation>
    </message>
    <message>
      <source>What happens when the extension is busy, does not answer or is not there, and has no forwarding of its own.</source>
      <translation>分机忙、无人应答或未注册，且自身没有设置前转时的处理。</translation>
    </message>
    <message>
      <source>What is dialled inside to hear the menu. Empty: it is reached from outside and from other menus only.</source>
      <translation>内部拨打此号码可进入菜单。留空：只能从外线和其他菜单进入。</translation>
    </message>
    <message>
      <source>What is dialled inside to reach the group; lines, rules and menus lead there by group:NUMBER.</source>
      <translation>在内部拨打此号码呼叫振铃组；外线、规则和菜单用 group:号码 转到振铃组。</translation>
    </message>
    <message>
      <source>What is dialled, and the user name the phone registers with. 1 to 16 digits.</source>
      <translation>被拨打的号码，也是话机注册的用户名。1 到 16 位数字。</translation>
    </message>
    <message>
      <source>What is said</source>
      <translation>提示音</translation>
    </message>
    <message>
      <source>What is shorter is not kept: callers who hang up at the tone leave no empty messages.</source>
      <translation>更短的录音不保存：主叫在提示音时挂机不会留下空留言。</translation>
    </message>
    <message>
      <source>What lines, rules and other menus call it by.</source>
      <translation>外线、规则和其他菜单用此名称指向它。</translation>
    </message>
    <message>
      <source>What rules, lines, trunks and extensions call it by.</source>
      <translation>规则、外线、中继和分机引用它的名称。</translation>
    </message>
    <message>
      <source>What stands in the headers User-Agent and Server.</source>
      <translation>User-Agent 和 Server 头域中的内容。</translation>
    </message>
    <message>
      <source>What telephones show before the name of whoever calls the group: Sales makes “Sales: Ann” of Ann. Empty: nothing.</source>
      <translation>呼叫振铃组时，话机在主叫名前显示的文字：填写“销售部”，来自 Ann 的呼叫显示为“销售部: Ann”。留空：不加。</translation>
    </message>
    <message>
      <source>What the key does: a number as it is dialled inside, extension:NUMBER, menu:NAME, voicemail:NUMBER, group:NUMBER, conference:ROOM, or one of the words repeat (say it again), back (to the menu before), operator, name (dial by name), hangup. Empty: nothing.</source>
      <translation>按键的作用：按内部拨法的号码、extension:号码、menu:名称、voicemail:号码、group:号码、conference:会议室，或下列单词之一：repeat（重听）、back（返回上一级）、operator（话务员）、name（按姓名拨号）、hangup（挂断）。留空：无作用。</translation>
    </message>
    <message>
      <source>What the line is called here: in lists, rules and commands. The carrier never sees it.</source>
      <translation>外线在本系统中的名称：用于列表、规则和命令。运营商看不到。</translation>
    </message>
    <message>
      <source>What the phone registers with. Only a fingerprint of it is kept: it cannot be shown again.</source>
      <translation>话机注册时使用的密码。系统只保存其摘要，不能再次显示。</translation>
    </message>
    <message>
      <source>What the record is for. Shown in lists only.</source>
      <translation>记录的用途，仅显示在列表中。</translation>
    </message>
    <message>
      <source>What the room is for. Shown in lists only.</source>
      <translation>会议室的用途。仅在列表中显示。</translation>
    </message>
    <message>
      <source>What the trunk is called here: in lists, rules and commands. The other side never sees it.</source>
      <translation>中继在本系统中的名称：用于列表、规则和命令。对端看不到。</translation>
    </message>
    <message>
      <source>What they hear after a key that does nothing. The name of an announcement, or of a recording of your own in cust_ann.</source>
      <translation>按了无效键后听到的内容。填写提示音名称，或 cust_ann 中自己录音的名称。</translation>
    </message>
    <message>
      <source>What they hear before the menu ends the call. The name of an announcement, or of a recording of your own in cust_ann.</source>
      <translation>菜单结束通话前听到的内容。填写提示音名称，或 cust_ann 中自己录音的名称。</translation>
    </message>
    <message>
      <source>What they hear when they have pressed nothing. The name of an announcement, or of a recording of your own in cust_ann.</source>
      <translation>没有按键时听到的内容。填写提示音名称，或 cust_ann 中自己录音的名称。</translation>
    </message>
    <message>
      <source>What they hear while the time condition does not hold. The name of an announcement, or of a recording of your own in cust_ann.</source>
      <translation>时间条件不成立时听到的内容。填写提示音名称，或 cust_ann 中自己录音的名称。</translation>
    </message>
    <message>
      <source>What this extension hears announcements in when it calls.</source>
      <translation>此分机呼叫时听到的提示音语言。</translation>
    </message>
    <message>
      <source>When busy to</source>
      <translation>遇忙转移到</translation>
    </message>
    <message>
      <source>When calls go there. Empty: at all times.</source>
      <translation>呼叫转到该处的时间。留空：任何时间。</translation>
    </message>
    <message>
      <source>When calls may leave over this line. Empty: at all times.</source>
      <translation>允许经此外线呼出的时间。留空：任何时间。</translation>
    </message>
    <message>
      <source>When calls may leave over this trunk. Empty: at all times.</source>
      <translation>允许经此中继呼出的时间。留空：任何时间。</translation>
    </message>
    <message>
      <source>When nobody answers to</source>
      <translation>无应答转移到</translation>
    </message>
    <message>
      <source>When the carrier wants it</source>
      <translation>运营商要求时</translation>
    </message>
    <message>
      <source>When the extension may call out by lines and trunks. Empty: at all times.</source>
      <translation>允许分机经外线和中继呼出的时间。留空：任何时间。</translation>
    </message>
    <message>
      <source>When the menu is open. Empty: at all times.</source>
      <translation>菜单的开放时间。留空：任何时间。</translation>
    </message>
    <message>
      <source>When the rule counts; at other times the next shorter prefix decides. Empty: at all times.</source>
      <translation>规则生效的时间；其他时间由次长的字冠决定。留空：任何时间。</translation>
    </message>
    <message>
      <source>When unreachable to</source>
      <translation>不可及转移到</translation>
    </message>
    <message>
      <source>Where callers come who press 0 instead of leaving a message: a number as this extension may dial it, extension:100 or menu:NAME. Empty: 0 does nothing.</source>
      <translation>主叫不留言而按 0 时转到的去处：本分机可拨打的号码、extension:100 或 menu:名称。留空则按 0 无效。</translation>
    </message>
    <message>
      <source>Where callers go at other times, after the announcement for closed hours. Empty: they hear the announcement, and the call ends.</source>
      <translation>其他时间，播放非工作时间提示后来电转到哪里。留空：播放提示后结束通话。</translation>
    </message>
    <message>
      <source>Where calls go at other times. Empty: they are refused then.</source>
      <translation>其他时间呼叫的去向。留空：拒绝。</translation>
    </message>
    <message>
      <source>Where calls over this line ring: a number as it is dialled inside, extension:NUMBER, menu:NAME, voicemail:NUMBER, group:NUMBER or conference:ROOM. DID routes come first. Empty: the number the carrier sends must be known here.</source>
      <translation>经此外线的来电转到哪里：按内部拨法的号码、extension:号码、menu:名称、voicemail:号码、group:号码或 conference:会议室。DID 路由优先。留空：运营商送来的号码必须是本机已知的号码。</translation>
    </message>
    <message>
      <source>Where key 0 leads while it has nothing else to do, and where callers go that press nothing or nothing right in all tries. Empty: the call ends then.</source>
      <translation>按键 0 没有其他作用时转到这里；多次不按键或按错键的来电者也转到这里。留空：结束通话。</translation>
    </message>
    <message>
      <source>Where new recordings are put, in a folder a day. Empty: the folder “recordings” in the data folder.</source>
      <translation>新录音的存放位置，每天一个文件夹。留空：数据文件夹中的“recordings”。</translation>
    </message>
    <message>
      <source>Where notices go: faults, a full disk, a line that fails. Nothing is sent there before the address is confirmed by a code that we mail to it.</source>
      <translation>通知的去处：故障、磁盘已满、外线失败等。须先用寄去的验证码确认邮箱，此前不寄送任何通知。</translation>
    </message>
    <message>
      <source>Where numbers go that nothing else fits: line:NAME, line_group:GROUP or trunk:NAME. Empty: such numbers do not exist (404).</source>
      <translation>没有其他匹配的号码的去向：line:名称、line_group:组 或 trunk:名称。留空：空号 (404)。</translation>
    </message>
    <message>
      <source>Where the call goes when nobody answers in time, and at once when all are busy or away: a number as it is dialled inside, extension:NUMBER, voicemail:NUMBER, group:NUMBER, menu:NAME or conference:ROOM. Empty: the caller is told, and the call ends.</source>
      <translation>规定时间内无人接听时来电转到哪里；所有成员都忙或不在时立即转去：按内部拨法的号码、extension:号码、voicemail:号码、group:号码、menu:名称或 conference:会议室。留空：告知主叫后结束通话。</translation>
    </message>
    <message>
      <source>Where the call goes with the changed number.</source>
      <translation>变换后的号码的去向。</translation>
    </message>
    <message>
      <source>Where the carrier wants another domain in From than the one above. Empty: the same.</source>
      <translation>运营商要求 From 中使用其他域名时填写。留空：与上面相同。</translation>
    </message>
    <message>
      <source>Where the carrier wants another user part than the account in From, of REGISTER and of calls. Empty: the account.</source>
      <translation>运营商要求 REGISTER 和呼叫的 From 使用账号以外的用户部分时填写。留空：账号。</translation>
    </message>
    <message>
      <source>Where the hours are counted. Empty: the time zone of the system settings.</source>
      <translation>时间所用的时区。留空：系统配置的时区。</translation>
    </message>
    <message>
      <source>Where the hours of time conditions are counted, unless they name a zone. Empty: this machine's.</source>
      <translation>时间条件未指定时区时使用的时区。留空：本机时区。</translation>
    </message>
    <message>
      <source>Whether calls of the extension are recorded. On demand: an extension in the call dials *1 to begin and to end. The sound of calls that are, or could be, recorded goes through OpenMSS, without video.</source>
      <translation>是否对该分机的通话录音。按需：通话中的分机拨 *1 开始和结束。录音或可能录音的通话，声音经过 OpenMSS，没有视频。</translation>
    </message>
    <message>
      <source>Whether calls of the line are recorded. On demand: an extension in the call dials *1 to begin and to end. The sound of calls that are, or could be, recorded goes through OpenMSS, without video.</source>
      <translation>是否对该外线的通话录音。按需：通话中的分机拨 *1 开始和结束。录音或可能录音的通话，声音经过 OpenMSS，没有视频。</translation>
    </message>
    <message>
      <source>Whether it holds on the holidays listed.</source>
      <translation>在所列节假日是否生效。</translation>
    </message>
    <message>
      <source>Whether ringing answers are confirmed with PRACK (RFC 3262): offered in Supported, demanded in Require, or not mentioned.</source>
      <translation>振铃响应是否用 PRACK 确认（RFC 3262）：在 Supported 中提供、在 Require 中要求，或不提。</translation>
    </message>
    <message>
      <source>Which numbers may be dialled: rules of the dial plan that carry a call level are only for extensions that have it. Numbers from 1 to 99, separated by commas.</source>
      <translation>可以拨打哪些号码：带呼叫级别的拨号规则只适用于具有该级别的分机。1 到 99 的数字，用逗号分隔。</translation>
    </message>
    <message>
      <source>Who comes and goes is told by</source>
      <translation>进出提示</translation>
    </message>
    <message>
      <source>Who enters with it may lock the room and remove parties by telephone, and gets into a locked room. Empty: rooms are led from the window only.</source>
      <translation>用它进入的人可以用话机锁定会议室、移除与会者，并可进入已锁定的会议室。留空：只能在窗口中主持。</translation>
    </message>
    <message>
      <source>Who hears “This call is recorded.” before the recording begins. In many countries all parties must be told.</source>
      <translation>录音开始前谁会听到“本次通话将被录音”。许多国家要求告知所有通话方。</translation>
    </message>
    <message>
      <source>Whoever is alone in the room hears the music on hold.</source>
      <translation>独自在会议室时播放等待音乐。</translation>
    </message>
    <message>
      <source>Whom somebody puts on hold hears music. Off: silence, or what the phones make of it.</source>
      <translation>被保持的一方听到音乐。关闭：无声，或由话机自行处理。</translation>
    </message>
    <message>
      <source>With less than this free on the disk nothing is recorded; calls go on all the same.</source>
      <translation>磁盘空闲少于此值时不录音；通话照常进行。</translation>
    </message>
    <message>
      <source>Write called numbers as tel:+8613812345678 rather than sip:+8613812345678@server in Request-URI and To (RFC 3966).</source>
      <translation>在 Request-URI 和 To 中把被叫号码写作 tel:+8613812345678，而不是 sip:+8613812345678@server（RFC 3966）。</translation>
    </message>
    <message>
      <source>Wrong key</source>
      <translation>按错键</translation>
    </message>
    <message>
      <source>Wrong passwords before a ban</source>
      <translation>封锁前允许的密码错误次数</translation>
    </message>
    <message>
      <source>days</source>
      <translation>天</translation>
    </message>
    <message>
      <source>min</source>
      <translation>分钟</translation>
    </message>
    <message>
      <source>s</source>
      <translation>秒</translation>
    </message>
    <message>
      <source>tel: URI</source>
      <translation>tel: URI</translation>
    </message>
    <message>
      <source>user=phone in the Request-URI</source>
      <translation>Request-URI 中的 user=phone</translation>
    </message>
  </context>
  <context>
    <name>findings</name>
    <message>
      <source>A confirmed ringing signal (100rel) was never confirmed, so the call failed. Check the setting of reliable provisional responses.</source>
      <translation>确认的振铃信号（100rel）始终未得到确认，呼叫因此失败。请检查可靠振铃的设置。</translation>
    </message>
    <message>
      <source>A firewall on the way to {host} forbids the packets. Allow SIP in the router or ask whoever runs the network.</source>
      <translation>通往 {host} 途中的防火墙禁止这些数据包。请在路由器中放行 SIP，或联系网络管理员。</translation>
    </message>
    <message>
      <source>A router stands between us ({own}) and the carrier, which sees {shown}. Enter the public address, and send keep-alives so that the router keeps the way open.</source>
      <translation>我们（{own}）与运营商之间有路由器，运营商看到的是 {shown}。请填写公网地址，并发送保活包使路由器保持通路。</translation>
    </message>
    <message>
      <source>All channels that the carrier allows are in use ({status} {reason}). Order more, or limit the calls of this line.</source>
      <translation>运营商允许的通道已全部占用（{status} {reason}）。请增购通道，或限制此外线的呼叫数。</translation>
    </message>
    <message>
      <source>Another device uses this account as well ({others}). Calls may ring there, and some carriers allow one device only.</source>
      <translation>还有其他设备使用此账号（{others}）。来电可能在那里振铃，且有的运营商只允许一台设备。</translation>
    </message>
    <message>
      <source>Another program on this computer uses our SIP port ({error}). End it or choose another port.</source>
      <translation>本机上另一程序占用了我们的 SIP 端口（{error}）。请结束该程序或更换端口。</translation>
    </message>
    <message>
      <source>Asked was {asked}, and {answered} answered. The carrier has several servers.</source>
      <translation>请求发往 {asked}，应答来自 {answered}。运营商有多台服务器。</translation>
    </message>
    <message>
      <source>Both sides change the call at the same time again and again (491, {count} times).</source>
      <translation>双方一再同时更改通话（491，{count} 次）。</translation>
    </message>
    <message>
      <source>Calls are refused because the login as “{username}” is not accepted; registration uses “{good}”. Use the same authentication name and password for both.</source>
      <translation>呼叫被拒绝，因为不接受以“{username}”登录；注册使用的是“{good}”。两者请使用相同的鉴权用户名和密码。</translation>
    </message>
    <message>
      <source>Calls for this line come from {address}, which is not among its addresses, and were refused. Add the address to the line.</source>
      <translation>此外线的来电来自 {address}，不在其地址之内，因此被拒绝。请将该地址加入外线。</translation>
    </message>
    <message>
      <source>Every login is answered with “too old”. Several servers of the carrier do not know of each other's questions, or an answer takes too long; ask the carrier.</source>
      <translation>每次登录都被答复“已过期”。运营商的多台服务器互不知道各自的质询，或应答耗时过长；请联系运营商。</translation>
    </message>
    <message>
      <source>Fax over T.38 was refused ({status}); the fax goes on as sound, which often fails. Switch T.38 off or use a line that knows it.</source>
      <translation>T.38 传真被拒绝（{status}）；传真以语音方式继续，常会失败。请关闭 T.38，或使用支持它的外线。</translation>
    </message>
    <message>
      <source>If the password is right, the carrier may want another authentication name than “{username}”: the number with +, number@domain, or an e-mail address. Its papers say which.</source>
      <translation>如果密码正确，运营商可能要求不同于“{username}”的鉴权用户名：带 + 的号码、号码@域名或电子邮箱。请查看其资料。</translation>
    </message>
    <message>
      <source>Key presses come with payload type {came}, agreed was {agreed}. They are accepted all the same.</source>
      <translation>按键的负载类型为 {came}，而约定的是 {agreed}。仍予接受。</translation>
    </message>
    <message>
      <source>No codec in common ({status}): we {ours}, they {theirs}. Choose at least one of theirs.</source>
      <translation>没有共同的编解码（{status}）：我方 {ours}，对方 {theirs}。请至少选择一种对方的编解码。</translation>
    </message>
    <message>
      <source>No connection to {host} port {port} comes about. The port is filtered or wrong, or the carrier serves UDP only.</source>
      <translation>无法建立到 {host} 端口 {port} 的连接。端口被过滤或填写错误，或运营商只支持 UDP。</translation>
    </message>
    <message>
      <source>No key press arrived, and the two sides have not agreed how to send them. Keys travel as tones or INFO messages: change the DTMF mode.</source>
      <translation>没有收到任何按键，双方也没有约定按键的传送方式。按键以音频或 INFO 消息传送：请更改 DTMF 方式。</translation>
    </message>
    <message>
      <source>No sound at all, in either direction, although the call was answered.</source>
      <translation>呼叫已应答，但双向都没有任何语音。</translation>
    </message>
    <message>
      <source>Nobody listens where the other side wants its sound, {host}:{port}. Its equipment or a router there is at fault.</source>
      <translation>对方要求把语音发往 {host}:{port}，但那里没有接收。问题在对方设备或其路由器。</translation>
    </message>
    <message>
      <source>One server of the carrier failed and the next one answered. Nothing is wrong here.</source>
      <translation>运营商的一台服务器失败，由下一台应答。没有问题。</translation>
    </message>
    <message>
      <source>One side wants encrypted sound and the other does not ({status}; offered was {offered}). Change the SRTP setting.</source>
      <translation>一方要求加密语音而另一方不要求（{status}；提供的是 {offered}）。请更改 SRTP 设置。</translation>
    </message>
    <message>
      <source>Sound comes from {source} though {told} was told. The other side is behind a router; OpenMSS follows the real source.</source>
      <translation>语音来自 {source}，而对方告知的是 {told}。对方在路由器之后；OpenMSS 按实际来源处理。</translation>
    </message>
    <message>
      <source>Sound comes with payload type {payload}, agreed was {agreed}. The other device ignores the agreement: leave only codecs in the list that both know.</source>
      <translation>语音的负载类型为 {payload}，而约定的是 {agreed}。对方设备不遵守约定：请在列表中只保留双方都支持的编解码。</translation>
    </message>
    <message>
      <source>Sound of strangers arrives too ({sources}; {packets} packets). It is left out.</source>
      <translation>还收到了陌生来源的语音（{sources}；{packets} 个数据包），已丢弃。</translation>
    </message>
    <message>
      <source>The TLS connection to {host} failed ({error}). Check port and server name.</source>
      <translation>与 {host} 的 TLS 连接失败（{error}）。请检查端口和服务器名称。</translation>
    </message>
    <message>
      <source>The address chosen for this line is not on this computer any more ({error}). Choose the network card again.</source>
      <translation>为此外线选择的本机地址已不存在（{error}）。请重新选择网卡。</translation>
    </message>
    <message>
      <source>The call was answered and ended by the other side at once (cause {cause}; {reason}).</source>
      <translation>呼叫应答后立即被对方结束（原因 {cause}；{reason}）。</translation>
    </message>
    <message>
      <source>The call was answered with a codec nobody offered ({theirs} instead of {ours}). Leave only codecs that the carrier lists.</source>
      <translation>应答使用了未提供的编解码（{theirs}，而不是 {ours}）。请只保留运营商列出的编解码。</translation>
    </message>
    <message>
      <source>The call was answered without saying where the sound goes (by {who}), so nobody hears anything. The answering equipment is at fault.</source>
      <translation>呼叫被应答（由 {who}），却没有说明语音发往何处，因此双方都听不到声音。问题在应答的设备。</translation>
    </message>
    <message>
      <source>The call was ended because nobody refreshed it within {seconds} s. Turn the session timer off for this line, or tell the carrier.</source>
      <translation>通话在 {seconds} 秒内无人刷新，因此结束。请关闭此外线的会话定时器，或告知运营商。</translation>
    </message>
    <message>
      <source>The carrier answers with another service (380), as it does for emergency calls. Use another line for this number.</source>
      <translation>运营商以另一业务应答（380），如同处理紧急呼叫。此号码请使用其他外线。</translation>
    </message>
    <message>
      <source>The carrier asked once more with a fresh nonce, as it does now and then. Nothing is wrong.</source>
      <translation>运营商用新的随机数再次质询，这是常有的事，没有问题。</translation>
    </message>
    <message>
      <source>The carrier asks for a login of the kind “{scheme}”. OpenMSS knows digest authentication only; ask the carrier for it.</source>
      <translation>运营商要求“{scheme}”类型的登录。OpenMSS 只支持摘要鉴权，请向运营商申请。</translation>
    </message>
    <message>
      <source>The carrier asks for a password (realm “{realm}”) and none is entered. Fill in the password that the carrier gave you.</source>
      <translation>运营商要求密码（鉴权域“{realm}”），但没有填写。请填写运营商提供的密码。</translation>
    </message>
    <message>
      <source>The carrier asks for a password for calls, and none was sent. Enter the password of the account.</source>
      <translation>运营商对呼叫要求密码，但没有发送。请填写账号的密码。</translation>
    </message>
    <message>
      <source>The carrier asks for realm “{realm}”, but “{wanted}” is configured. Leave the realm empty: then the one the carrier offers is used.</source>
      <translation>运营商质询的鉴权域是“{realm}”，而配置的是“{wanted}”。请将鉴权域留空，即可使用运营商提供的鉴权域。</translation>
    </message>
    <message>
      <source>The carrier calls our REGISTER malformed ({status} {reason}). Compare user, domain and port with its papers; if they are right, give the carrier this trace.</source>
      <translation>运营商称我们的 REGISTER 格式错误（{status} {reason}）。请对照其资料核对用户、域名和端口；若都正确，请把此跟踪提供给运营商。</translation>
    </message>
    <message>
      <source>The carrier calls us by the account {account} and says the number dialled, {number}, in {header}. Read it from there.</source>
      <translation>运营商以账号 {account} 呼叫我们，所拨号码 {number} 在 {header} 中。请从那里读取。</translation>
    </message>
    <message>
      <source>The carrier cannot place the call at the moment ({status} {reason}; again after: {wait} s). Nothing to change here.</source>
      <translation>运营商暂时无法接续呼叫（{status} {reason}；{wait} 秒后再试）。无需更改。</translation>
    </message>
    <message>
      <source>The carrier complains of the CSeq number (“{said}”) although it was right. Ask the carrier.</source>
      <translation>运营商抱怨 CSeq 号码（“{said}”），尽管它是正确的。请联系运营商。</translation>
    </message>
    <message>
      <source>The carrier did not get our confirmation (ACK) and repeats its answer; such calls break off after half a minute. It is sent to {contact}; a router's SIP ALG may swallow it.</source>
      <translation>运营商没有收到我们的确认（ACK），一再重发应答；此类通话约半分钟后中断。确认发往 {contact}，可能被路由器的 SIP ALG 吞掉。</translation>
    </message>
    <message>
      <source>The carrier did not understand the number {number} ({status}). It wants numbers as {wanted}: set the number form of the line.</source>
      <translation>运营商不理解号码 {number}（{status}）。它要求的号码格式为 {wanted}：请设置外线的号码格式。</translation>
    </message>
    <message>
      <source>The carrier does not accept the parameters in {uri} ({status}). Remove them.</source>
      <translation>运营商不接受 {uri} 中的参数（{status}）。请将其删除。</translation>
    </message>
    <message>
      <source>The carrier does not accept the port in {uri} ({status}). Leave the port empty.</source>
      <translation>运营商不接受 {uri} 中的端口（{status}）。请将端口留空。</translation>
    </message>
    <message>
      <source>The carrier does not accept “user=phone” in {uri} ({status}). Switch it off.</source>
      <translation>运营商不接受 {uri} 中的“user=phone”（{status}）。请将其关闭。</translation>
    </message>
    <message>
      <source>The carrier does not allow calls to {number} ({status} {reason}). Have the destination released in the portal.</source>
      <translation>运营商不允许呼叫 {number}（{status} {reason}）。请在门户中开通该目的地。</translation>
    </message>
    <message>
      <source>The carrier does not know the extension “{option}”. Turn that option off.</source>
      <translation>运营商不支持扩展“{option}”。请关闭该选项。</translation>
    </message>
    <message>
      <source>The carrier does not know {user} under {domain} ({status}). Check the account and the domain.</source>
      <translation>运营商在 {domain} 中不认识 {user}（{status}）。请检查账号和域名。</translation>
    </message>
    <message>
      <source>The carrier forbids the call ({reason}; shown as {shown}) without asking for a password. Your address or this kind of call is not allowed there: look into the portal.</source>
      <translation>运营商未要求密码就禁止呼叫（{reason}；显示为 {shown}）。不允许您的地址或此类呼叫：请查看门户。</translation>
    </message>
    <message>
      <source>The carrier insists on confirmed ringing (100rel/PRACK), and it is off. Turn reliable provisional responses on.</source>
      <translation>运营商坚持要求确认振铃（100rel/PRACK），而它已关闭。请打开可靠振铃。</translation>
    </message>
    <message>
      <source>The carrier names the way for later calls ({headers}); it is used by itself.</source>
      <translation>运营商指定了后续呼叫的路径（{headers}），已自动使用。</translation>
    </message>
    <message>
      <source>The carrier offers only the login method {algorithm}, which is not known here. Ask for MD5 or SHA-256.</source>
      <translation>运营商只提供登录方式 {algorithm}，本系统不支持。请要求使用 MD5 或 SHA-256。</translation>
    </message>
    <message>
      <source>The carrier refused the call because the account has no credit left ({status} {reason}). Top it up in the portal.</source>
      <translation>账号余额不足，运营商拒绝呼叫（{status} {reason}）。请在门户中充值。</translation>
    </message>
    <message>
      <source>The carrier refused the call because the caller shown, {shown}, is not a number of this line ({own}). Show one of your own numbers.</source>
      <translation>运营商拒绝呼叫，因为所显示的主叫 {shown} 不是此外线的号码（{own}）。请显示您自己的号码。</translation>
    </message>
    <message>
      <source>The carrier refused the call because video was offered ({status}). Do not offer video on this line.</source>
      <translation>运营商因提供了视频而拒绝呼叫（{status}）。请不要在此外线上提供视频。</translation>
    </message>
    <message>
      <source>The carrier refused the login as “{username}” ({status}). This kind of network wants the authentication name with its domain, “{wanted}”: switch on “authentication user name includes the address”.</source>
      <translation>运营商拒绝以“{username}”登录（{status}）。此类网络要求鉴权用户名带域名，即“{wanted}”：请勾选“鉴权用户名应包含地址信息”。</translation>
    </message>
    <message>
      <source>The carrier refused the login as “{username}”. The password or the authentication name is wrong: type the password again, exactly as the carrier gave it.</source>
      <translation>运营商拒绝以“{username}”登录。密码或鉴权用户名错误：请严格按运营商提供的内容重新输入密码。</translation>
    </message>
    <message>
      <source>The carrier refused the second REGISTER with “{said}”, though it was right. Let each REGISTER have a new Call-ID (in mss_var_param.ini: gVarSipRegSameDialog=0).</source>
      <translation>运营商以“{said}”拒绝第二个 REGISTER，尽管它是正确的。请让每个 REGISTER 使用新的 Call-ID（mss_var_param.ini 中 gVarSipRegSameDialog=0）。</translation>
    </message>
    <message>
      <source>The carrier refused us at once because of our address ({reason}). Have your public IP address allowed in the carrier's portal.</source>
      <translation>运营商因我们的地址立即拒绝（{reason}）。请在运营商门户中登记您的公网 IP 地址。</translation>
    </message>
    <message>
      <source>The carrier refused {uri} ({status}). Networks of this kind want “;user=phone” behind the number: switch it on.</source>
      <translation>运营商拒绝了 {uri}（{status}）。此类网络要求号码后带“;user=phone”：请打开。</translation>
    </message>
    <message>
      <source>The carrier refused {user}@{domain} at once, without asking for a password ({reason}). The number or the domain in From is not known there, or calls from your address are not allowed.</source>
      <translation>运营商未要求密码就立即拒绝了 {user}@{domain}（{reason}）。对方不认识 From 中的号码或域名，或不允许来自您地址的呼叫。</translation>
    </message>
    <message>
      <source>The carrier refuses the call: {status} {reason}. None of our settings explains it: ask the carrier, and show it this trace.</source>
      <translation>运营商拒绝了呼叫：{status} {reason}。我们的设置都无法解释原因：请询问运营商，并提供此跟踪。</translation>
    </message>
    <message>
      <source>The carrier refuses the registration: {status} {reason}. None of our settings explains it: ask the carrier, and show it this trace.</source>
      <translation>运营商拒绝了注册：{status} {reason}。我们的设置都无法解释原因：请询问运营商，并提供此跟踪。</translation>
    </message>
    <message>
      <source>The carrier said OK but does not list us ({contact}), so no calls will come. A router may have changed the message (switch its SIP ALG off), or the account may not register.</source>
      <translation>运营商答复成功，却没有列出我们（{contact}），因此不会有来电。可能路由器改动了消息（请关闭其 SIP ALG），或该账号不允许注册。</translation>
    </message>
    <message>
      <source>The carrier says that the account {user} is blocked ({reason}). Do not try again and again; look into the carrier's portal or call them.</source>
      <translation>运营商表示账号 {user} 已被锁定（{reason}）。请勿反复尝试；请查看运营商门户或致电运营商。</translation>
    </message>
    <message>
      <source>The carrier sends us to another server: {target} ({status}). Enter it.</source>
      <translation>运营商将我们指向另一台服务器：{target}（{status}）。请填写该服务器。</translation>
    </message>
    <message>
      <source>The carrier shortens registrations from {asked} s to {granted} s to keep the router open. Nothing is wrong.</source>
      <translation>运营商将注册时长从 {asked} 秒缩短为 {granted} 秒以保持路由器通路。没有问题。</translation>
    </message>
    <message>
      <source>The carrier takes no anonymous calls ({status}). Show the line's number.</source>
      <translation>运营商不接受匿名呼叫（{status}）。请显示外线的号码。</translation>
    </message>
    <message>
      <source>The carrier takes requests only with the extension “{option}”. Turn it on.</source>
      <translation>运营商只接受带扩展“{option}”的请求。请打开该选项。</translation>
    </message>
    <message>
      <source>The carrier wanted at least {least} s, was asked for {asked} s and refused again. The mistake is on the carrier's side.</source>
      <translation>运营商要求至少 {least} 秒，请求 {asked} 秒后仍被拒绝。问题在运营商一侧。</translation>
    </message>
    <message>
      <source>The carrier wants a login with a SIM card ({algorithm}). A password cannot answer it: ask for an account with digest authentication.</source>
      <translation>运营商要求使用 SIM 卡登录（{algorithm}）。密码无法应答：请申请使用摘要鉴权的账号。</translation>
    </message>
    <message>
      <source>The carrier wants a security agreement as telephones with a SIM card make it. Ask for an account for a PBX.</source>
      <translation>运营商要求使用 SIM 卡话机那样的安全协商。请申请用于交换机的账号。</translation>
    </message>
    <message>
      <source>The carrier wants a session timer of at least {least} s. Turn the session timer off for this line, or lengthen it.</source>
      <translation>运营商要求会话定时器至少 {least} 秒。请关闭此外线的会话定时器，或将其延长。</translation>
    </message>
    <message>
      <source>The carrier wants a signed caller identity, or does not accept it ({status}). Ask the carrier to sign your calls.</source>
      <translation>运营商要求带签名的主叫身份，或不接受该身份（{status}）。请要求运营商为您的呼叫签名。</translation>
    </message>
    <message>
      <source>The carrier wants calls sent to its proxy {target}. Enter it as outbound proxy.</source>
      <translation>运营商要求呼叫发往其代理 {target}。请将其填为代理服务器。</translation>
    </message>
    <message>
      <source>The carrier wants registrations of at least {least} s, and {asked} s was asked for. Set the registration interval to {least}.</source>
      <translation>运营商要求注册时长至少 {least} 秒，而请求的是 {asked} 秒。请将注册时长设为 {least}。</translation>
    </message>
    <message>
      <source>The carrier wants {algorithm} instead of MD5, and got it. Nothing is wrong.</source>
      <translation>运营商要求使用 {algorithm} 而不是 MD5，已照办。没有问题。</translation>
    </message>
    <message>
      <source>The carrier's server has trouble of its own ({status} {reason}; try again after: {wait} s). Nothing to change here; OpenMSS goes on trying.</source>
      <translation>运营商的服务器自身有故障（{status} {reason}；{wait} 秒后再试）。无需更改；OpenMSS 会继续尝试。</translation>
    </message>
    <message>
      <source>The certificate of {host} has expired or is not valid yet. Check the clock of this computer; if it is right, the carrier must renew the certificate.</source>
      <translation>{host} 的证书已过期或尚未生效。请检查本机时钟；若时钟正确，须由运营商更新证书。</translation>
    </message>
    <message>
      <source>The certificate of {host} is for another name ({error}). Enter the server by the name the carrier gives, not by its number.</source>
      <translation>{host} 的证书属于另一个名称（{error}）。请按运营商提供的名称填写服务器，不要填写数字地址。</translation>
    </message>
    <message>
      <source>The certificate of {host} is not signed by an authority this computer knows ({error}). Give the file with the authority's certificate, which you get from the carrier, as “Further TLS authorities” in the settings.</source>
      <translation>{host} 的证书不是由本机信任的机构签发的（{error}）。请向运营商索取签发机构的证书文件，并在系统设置的“其他 TLS 证书颁发机构”中填写。</translation>
    </message>
    <message>
      <source>The domain {domain} does not resolve, which is no error: messages go to the proxy {proxy}, and the domain stands only in the headers.</source>
      <translation>域名 {domain} 无法解析，但这不是错误：消息发往代理 {proxy}，域名只出现在消息头中。</translation>
    </message>
    <message>
      <source>The login was computed with {used} although the carrier offers only {offered}. That is a mistake of this program, not of your settings.</source>
      <translation>登录使用了 {used} 计算，而运营商只提供 {offered}。这是本程序的错误，不是您的设置问题。</translation>
    </message>
    <message>
      <source>The message is too long for a UDP packet on this network. Set the transport to TCP.</source>
      <translation>消息过长，超过本网络 UDP 包的限制。请将传输改为 TCP。</translation>
    </message>
    <message>
      <source>The message went round in circles ({status}). Server or proxy point back to where it came from: check both.</source>
      <translation>消息在兜圈子（{status}）。服务器或代理指回了来处：请检查两者。</translation>
    </message>
    <message>
      <source>The name {host} is not known on this network ({failure}). Carriers with a private network publish it only inside: enter the carrier's physical address as outbound proxy, or their DNS server.</source>
      <translation>在本网络中无法解析名称 {host}（{failure}）。使用专网的运营商只在内部发布该域名：请将运营商的实际地址填为代理服务器，或填写其 DNS 服务器。</translation>
    </message>
    <message>
      <source>The network is bad on leg {leg} (from {source}): {loss} % of the packets lost, {jitter} ms jitter.</source>
      <translation>通话一侧 {leg}（来自 {source}）网络质量差：丢包 {loss} %，抖动 {jitter} 毫秒。</translation>
    </message>
    <message>
      <source>The other side sends packets of {ptime} ms, which is unusual.</source>
      <translation>对方发送 {ptime} 毫秒的数据包，这不常见。</translation>
    </message>
    <message>
      <source>The port used at {host} does not speak TLS ({error}). Use the carrier's TLS port, usually 5061, or another transport.</source>
      <translation>{host} 的该端口不支持 TLS（{error}）。请使用运营商的 TLS 端口（通常为 5061），或改用其他传输。</translation>
    </message>
    <message>
      <source>The proxy's name {host} was not found by DNS ({failure}). Check how it is written, or enter the DNS server or the numeric address that the carrier gave you.</source>
      <translation>DNS 找不到代理服务器 {host}（{failure}）。请检查拼写，或填写运营商提供的 DNS 服务器或数字地址。</translation>
    </message>
    <message>
      <source>The refresh of the call was refused ({status}) and the call ended after {seconds} s. Turn the session timer off for this line.</source>
      <translation>通话刷新被拒绝（{status}），通话在 {seconds} 秒后结束。请关闭此外线的会话定时器。</translation>
    </message>
    <message>
      <source>The router gave us a new outside port between two registrations ({places}), so calls in between are lost. Send a keep-alive every 20 s.</source>
      <translation>两次注册之间路由器更换了外部端口（{places}），其间的来电会丢失。请每 20 秒发送保活包。</translation>
    </message>
    <message>
      <source>The telephone called did not take the call ({status} {reason}). Nothing is wrong.</source>
      <translation>被叫话机没有接听（{status} {reason}）。没有问题。</translation>
    </message>
    <message>
      <source>There is no way from this computer to {host} ({error}). Check the cable, the network card chosen for the line, and the route.</source>
      <translation>本机没有通往 {host} 的路由（{error}）。请检查网线、外线所选网卡和路由。</translation>
    </message>
    <message>
      <source>This carrier takes no registrations ({status}): it knows you by your address. Turn registration off for this line.</source>
      <translation>该运营商不接受注册（{status}）：它按地址识别您。请关闭此外线的注册。</translation>
    </message>
    <message>
      <source>This computer does not let OpenMSS send ({error}). Allow it in the firewall.</source>
      <translation>本机不允许 OpenMSS 发送（{error}）。请在防火墙中放行。</translation>
    </message>
    <message>
      <source>This server takes no calls ({status}). Check server and proxy.</source>
      <translation>此服务器不接受呼叫（{status}）。请检查服务器和代理。</translation>
    </message>
    <message>
      <source>We answered, but the carrier's confirmation (ACK) never came back, so the call broke off after half a minute. The address we give, {contact}, cannot be reached: enter the public address, and switch off SIP ALG in the router.</source>
      <translation>我们已应答，但没有收到运营商的确认（ACK），因此通话约半分钟后中断。我们给出的地址 {contact} 不可达：请填写公网地址，并关闭路由器的 SIP ALG。</translation>
    </message>
    <message>
      <source>We heard {received} packets but sent none. The telephone is muted or holds the call, or it has no way to send.</source>
      <translation>我们收到 {received} 个数据包，但没有发送。话机静音或保持了通话，或没有发送的通路。</translation>
    </message>
    <message>
      <source>We registered {sent}, and the carrier lists {listed}. A router on the way changes SIP messages: switch off its SIP ALG.</source>
      <translation>我们注册的是 {sent}，运营商列出的是 {listed}。途中的路由器改动了 SIP 消息：请关闭其 SIP ALG。</translation>
    </message>
    <message>
      <source>We sent the address {sent} and it came back as {listed}. A router on the way changes SIP messages: switch off its SIP ALG.</source>
      <translation>我们发送的地址是 {sent}，返回的却是 {listed}。途中的路由器改动了 SIP 消息：请关闭其 SIP ALG。</translation>
    </message>
    <message>
      <source>We sent {sent} packets and heard nothing, because we told the other side the private address {address}. Enter the public address.</source>
      <translation>我们发送了 {sent} 个数据包却没有听到声音，因为告诉对方的是内网地址 {address}。请填写公网地址。</translation>
    </message>
    <message>
      <source>We sent {sent} packets and heard nothing, though the address we told ({address}, port {port}) is right. The router does not let sound in: open the RTP ports for this computer.</source>
      <translation>我们发送了 {sent} 个数据包却没有听到声音，尽管给出的地址（{address}，端口 {port}）正确。路由器不让语音进入：请为本机开放 RTP 端口。</translation>
    </message>
    <message>
      <source>What answers at {host} {port} is not a SIP server. Check the server address and the port.</source>
      <translation>{host} {port} 上应答的不是 SIP 服务器。请检查服务器地址和端口。</translation>
    </message>
    <message>
      <source>{host} and OpenMSS have no TLS version or cipher in common ({error}). Ask the carrier which versions it takes.</source>
      <translation>{host} 与 OpenMSS 没有共同的 TLS 版本或加密套件（{error}）。请询问运营商支持哪些版本。</translation>
    </message>
    <message>
      <source>{host} answers OPTIONS but ignores REGISTER. The carrier has probably blocked this account or this address for a while after too many attempts: wait, then ask the carrier.</source>
      <translation>{host} 应答 OPTIONS，却不理会 REGISTER。可能因尝试次数过多，运营商暂时封锁了此账号或地址：请稍候，再联系运营商。</translation>
    </message>
    <message>
      <source>{host} closes the connection to port {port}. It takes no connections from this address, or wants another transport.</source>
      <translation>{host} 关闭了到端口 {port} 的连接。它不接受来自此地址的连接，或要求其他传输。</translation>
    </message>
    <message>
      <source>{host} did not answer our call at all. The network or the server is down; the telephone called was never reached.</source>
      <translation>{host} 完全没有应答我们的呼叫。网络或服务器中断，被叫话机并未接到呼叫。</translation>
    </message>
    <message>
      <source>{host} does not answer at all. Either the carrier has given up this address, or the packets leave by the wrong network card or are filtered on the way: check server and proxy against your order paper.</source>
      <translation>{host} 完全没有应答。可能运营商已停用该地址，也可能数据包从错误的网卡发出或在途中被过滤：请对照开通单核对服务器和代理。</translation>
    </message>
    <message>
      <source>{host} does not answer over UDP, but takes TCP. Set the transport to TCP: some carriers want it, and some networks filter UDP.</source>
      <translation>{host} 不应答 UDP，但接受 TCP。请将传输改为 TCP：有的运营商要求 TCP，有的网络会过滤 UDP。</translation>
    </message>
    <message>
      <source>{host} does not answer. It is an address inside the carrier's private network, and we send from {local}, which is another one: choose the network card that the carrier's line is plugged into.</source>
      <translation>{host} 没有应答。它是运营商专网内的地址，而我们从另一网络的 {local} 发送：请选择接入运营商线路的网卡。</translation>
    </message>
    <message>
      <source>{host} is there, but nothing listens on port {port}. Check the port, and whether the carrier wants UDP, TCP or TLS.</source>
      <translation>{host} 可达，但端口 {port} 没有服务。请检查端口，以及运营商要求 UDP、TCP 还是 TLS。</translation>
    </message>
    <message>
      <source>{host} refuses TCP on port {port} but answers over UDP. Set the transport to UDP.</source>
      <translation>{host} 拒绝端口 {port} 的 TCP 连接，但应答 UDP。请将传输改为 UDP。</translation>
    </message>
    <message>
      <source>{host} repeats its call though we answer: our answers do not reach it. A router or its SIP ALG is in the way.</source>
      <translation>尽管我们已应答，{host} 仍重复呼叫：我们的应答没有到达。途中有路由器或其 SIP ALG 阻挡。</translation>
    </message>
    <message>
      <source>{host} speaks TLS where plain SIP was sent, so it cannot understand us. Set the transport of the line to TLS.</source>
      <translation>{host} 使用 TLS，而我们发送的是普通 SIP，因此它无法理解。请将外线的传输改为 TLS。</translation>
    </message>
    <message>
      <source>{host} wants a certificate of ours ({error}). Enter the one the carrier issued.</source>
      <translation>{host} 要求我们出示证书（{error}）。请填写运营商签发的证书。</translation>
    </message>
    <message>
      <source>{percent} % of the sound is pure silence. A microphone is off or muted.</source>
      <translation>语音中 {percent} % 是完全静音。麦克风关闭或被静音。</translation>
    </message>
    <message>
      <source>{who} refused a change of the call, such as hold ({status}). The call goes on as it was.</source>
      <translation>{who} 拒绝更改通话（例如保持）（{status}）。通话照旧继续。</translation>
    </message>
  </context>
  <context>
    <name>kinds</name>
    <message>
      <source>A caller rule changes the caller's number before all other rules see it.</source>
      <translation>主叫号码规则在其他规则之前变换主叫号码。</translation>
    </message>
    <message>
      <source>A display number is what called parties see in place of a caller's own number.</source>
      <translation>主叫显示号码是被叫方看到的号码，用来代替主叫自己的号码。</translation>
    </message>
    <message>
      <source>A refine rule changes the called number just before it leaves over a line or a trunk.</source>
      <translation>细化规则在号码即将从外线或中继发出时变换被叫号码。</translation>
    </message>
    <message>
      <source>A time condition names hours and days, such as office hours, for rules and lines.</source>
      <translation>时间条件为一段时间（如上班时间）命名，供规则和外线使用。</translation>
    </message>
    <message>
      <source>A transition replaces, inserts or deletes digits. Rules use transitions by their ID.</source>
      <translation>号码变换用于替换、插入或删除数字，规则按编号引用。</translation>
    </message>
    <message>
      <source>Calls from outside go where their line says. A DID route sends one of your numbers elsewhere.</source>
      <translation>外部来电按外线的设置呼入。DID 路由可把您的某个号码转到别处。</translation>
    </message>
    <message>
      <source>No address is rejected. Packets from a rejected address are dropped without an answer.</source>
      <translation>没有拒绝任何地址。来自被拒绝地址的数据包将被直接丢弃，不作应答。</translation>
    </message>
    <message>
      <source>No rule yet, and none is needed: a number is an extension, and a number that begins with the out-group prefix goes out over an external line. Rules are for exceptions.</source>
      <translation>还没有规则，也不是必需的：号码即分机，以出群字冠开头的号码从外线呼出。规则用于特殊情况。</translation>
    </message>
    <message>
      <source>Nobody is blocked. To block callers that hide their number, add: caller prefix anonymous, called prefix *, rate 100.</source>
      <translation>没有拦截任何呼叫。要拦截隐藏号码的来电，请添加：主叫字冠 anonymous，被叫字冠 *，比率 100。</translation>
    </message>
    <message>
      <source>There is no conference room yet. Telephones enter a room by dialling *6* and its number.</source>
      <translation>还没有会议室。话机拨 *6* 加会议室号进入。</translation>
    </message>
    <message>
      <source>There is no ring group yet. At the number of a ring group several extensions ring, and the first to answer has the call.</source>
      <translation>还没有振铃组。呼叫振铃组的号码时多个分机振铃，谁先接听，呼叫就归谁。</translation>
    </message>
  </context>
  <context>
    <name>menu_words</name>
    <message>
      <source>Callers have nothing to choose from.</source>
      <translation>来电者没有可选的内容。</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>非工作时间</translation>
    </message>
    <message>
      <source>From: {places}</source>
      <translation>来自：{places}</translation>
    </message>
    <message>
      <source>Key {key}</source>
      <translation>按键 {key}</translation>
    </message>
    <message>
      <source>Nothing leads here yet.</source>
      <translation>还没有任何去向指到这里。</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>话务员</translation>
    </message>
    <message>
      <source>There is no recording “{value}” ({field}).</source>
      <translation>没有录音“{value}”（{field}）。</translation>
    </message>
    <message>
      <source>dialled as {number}</source>
      <translation>拨 {number}</translation>
    </message>
    <message>
      <source>{field} leads nowhere: there is no {value}.</source>
      <translation>{field}的去向不存在：没有 {value}。</translation>
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
      <source>&amp;Analyse called number</source>
      <translation>被叫号码分析(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Announcements</source>
      <translation>语音文件(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Appearance</source>
      <translation>外观(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Auto attendant</source>
      <translation>自动话务员(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Call records</source>
      <translation>呼叫记录(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Conference rooms</source>
      <translation>会议室(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;DID routes</source>
      <translation>DID 路由(&amp;D)</translation>
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
      <source>&amp;IP address black/white list</source>
      <translation>IP 地址黑白名单(&amp;I)</translation>
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
      <source>&amp;Log</source>
      <translation>日志(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Look for a new version</source>
      <translation>检查新版本(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Mail…</source>
      <translation>邮件(&amp;M)…</translation>
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
      <source>&amp;New external line…</source>
      <translation>新建外线(&amp;N)…</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>退出(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Recordings</source>
      <translation>录音(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Refine called number</source>
      <translation>出局号码变换(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Refresh</source>
      <translation>刷新(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Ring groups</source>
      <translation>振铃组(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Services</source>
      <translation>业务(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;System black/white list</source>
      <translation>系统黑白名单(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;System…</source>
      <translation>系统配置(&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Transitions</source>
      <translation>号码变换(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>查看(&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Voice mail</source>
      <translation>语音信箱(&amp;V)</translation>
    </message>
    <message>
      <source>A&amp;nswered calls</source>
      <translation>已接通的呼叫(&amp;N)</translation>
    </message>
    <message>
      <source>Add SIP tr&amp;unk…</source>
      <translation>添加 SIP中继(&amp;U)…</translation>
    </message>
    <message>
      <source>Analyse &amp;caller number</source>
      <translation>主叫号码分析(&amp;C)</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Caller &amp;display numbers</source>
      <translation>主叫显示号码(&amp;D)</translation>
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
      <source>Dial-&amp;plan tracer</source>
      <translation>拨号规则跟踪(&amp;P)</translation>
    </message>
    <message>
      <source>External &amp;lines</source>
      <translation>外线(&amp;L)</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Open a &amp;case file…</source>
      <translation>打开案例文件(&amp;C)…</translation>
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
      <source>Rou&amp;ting</source>
      <translation>路由(&amp;T)</translation>
    </message>
    <message>
      <source>SIP &amp;trace</source>
      <translation>SIP 跟踪(&amp;T)</translation>
    </message>
    <message>
      <source>SIP &amp;trunks</source>
      <translation>SIP中继(&amp;T)</translation>
    </message>
    <message>
      <source>Time &amp;conditions</source>
      <translation>时间条件(&amp;C)</translation>
    </message>
  </context>
  <context>
    <name>navigation</name>
    <message>
      <source>Announcements</source>
      <translation>语音文件</translation>
    </message>
    <message>
      <source>Auto attendant</source>
      <translation>自动话务员</translation>
    </message>
    <message>
      <source>Call records</source>
      <translation>呼叫记录</translation>
    </message>
    <message>
      <source>Conference rooms</source>
      <translation>会议室</translation>
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
      <source>External lines</source>
      <translation>外线</translation>
    </message>
    <message>
      <source>Live calls</source>
      <translation>实时呼叫</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>日志</translation>
    </message>
    <message>
      <source>Recordings</source>
      <translation>录音</translation>
    </message>
    <message>
      <source>Ring groups</source>
      <translation>振铃组</translation>
    </message>
    <message>
      <source>Routing</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>SIP trace</source>
      <translation>SIP 跟踪</translation>
    </message>
    <message>
      <source>SIP trunks</source>
      <translation>SIP中继</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>业务</translation>
    </message>
    <message>
      <source>Voice mail</source>
      <translation>语音信箱</translation>
    </message>
  </context>
  <context>
    <name>questions</name>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete {keys}? This cannot be undone.</source>
      <translation>删除 {keys}？此操作不可撤销。</translation>
    </message>
    <message>
      <source>Delete?</source>
      <translation>确认删除？</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>保留</translation>
    </message>
  </context>
  <context>
    <name>reasons</name>
    <message>
      <source>Answered a call.</source>
      <translation>应答了呼叫。</translation>
    </message>
    <message>
      <source>Answers ({status} to OPTIONS).</source>
      <translation>有应答（OPTIONS 返回 {status}）。</translation>
    </message>
    <message>
      <source>Did not answer a call.</source>
      <translation>没有应答呼叫。</translation>
    </message>
    <message>
      <source>In service; this line needs no registration.</source>
      <translation>正常；此外线无需注册。</translation>
    </message>
    <message>
      <source>No answer to OPTIONS.</source>
      <translation>OPTIONS 没有应答。</translation>
    </message>
    <message>
      <source>Our network address has changed.</source>
      <translation>本机网络地址已改变。</translation>
    </message>
    <message>
      <source>Registered at {server}.</source>
      <translation>已在 {server} 注册。</translation>
    </message>
    <message>
      <source>Registering as asked.</source>
      <translation>正按要求重新注册。</translation>
    </message>
    <message>
      <source>Switched off.</source>
      <translation>已停用。</translation>
    </message>
    <message>
      <source>The address {address} cannot be used to send from: {problem}</source>
      <translation>无法从地址 {address} 发送：{problem}</translation>
    </message>
    <message>
      <source>The carrier answers, but says that the line is not registered (lifetime 0).</source>
      <translation>运营商有应答，但表示外线未注册（有效期为 0）。</translation>
    </message>
    <message>
      <source>The carrier asks for a password, and none is set ({said}).</source>
      <translation>运营商要求密码，但没有设置密码（{said}）。</translation>
    </message>
    <message>
      <source>The carrier does not accept the user name or password ({said}).</source>
      <translation>运营商不接受用户名或密码（{said}）。</translation>
    </message>
    <message>
      <source>The carrier does not accept the user name or password ({said}): {detail}.</source>
      <translation>运营商不接受用户名或密码（{said}）：{detail}。</translation>
    </message>
    <message>
      <source>The carrier is out of service at the moment ({said}).</source>
      <translation>运营商暂时无法提供服务（{said}）。</translation>
    </message>
    <message>
      <source>The carrier is out of service at the moment ({said}): {detail}.</source>
      <translation>运营商暂时无法提供服务（{said}）：{detail}。</translation>
    </message>
    <message>
      <source>The carrier refuses the registration: {said}.</source>
      <translation>运营商拒绝注册：{said}。</translation>
    </message>
    <message>
      <source>The carrier refuses the user name, the password or the account ({said}).</source>
      <translation>运营商拒绝该用户名、密码或账号（{said}）。</translation>
    </message>
    <message>
      <source>The carrier refuses the user name, the password or the account ({said}): {detail}.</source>
      <translation>运营商拒绝该用户名、密码或账号（{said}）：{detail}。</translation>
    </message>
    <message>
      <source>The carrier wants a longer registration than it asks for ({said}).</source>
      <translation>运营商要求的注册时长比它所声明的还长（{said}）。</translation>
    </message>
    <message>
      <source>The carrier's challenge cannot be answered ({said}).</source>
      <translation>无法应答运营商的鉴权质询（{said}）。</translation>
    </message>
    <message>
      <source>The carrier's challenge cannot be answered ({said}): it is for {offered}, and the line is set to {realm}.</source>
      <translation>无法应答运营商的鉴权质询（{said}）：质询的鉴权域为 {offered}，而外线设置为 {realm}。</translation>
    </message>
    <message>
      <source>The certificate of {peer} has expired or is not valid yet ({said}).</source>
      <translation>{peer} 的证书已过期或尚未生效（{said}）。</translation>
    </message>
    <message>
      <source>The certificate of {peer} is made out to another name ({said}).</source>
      <translation>{peer} 的证书属于另一个名称（{said}）。</translation>
    </message>
    <message>
      <source>The certificate of {peer} is not signed by an authority this computer knows ({said}).</source>
      <translation>{peer} 的证书不是由本机信任的机构签发（{said}）。</translation>
    </message>
    <message>
      <source>The name {name} does not resolve.</source>
      <translation>域名 {name} 无法解析。</translation>
    </message>
    <message>
      <source>The server address cannot be used: {problem}.</source>
      <translation>服务器地址不可用：{problem}。</translation>
    </message>
    <message>
      <source>The server {server} cannot be found: its name does not resolve.</source>
      <translation>找不到服务器 {server}：域名无法解析。</translation>
    </message>
    <message>
      <source>Waiting for the carrier's answer.</source>
      <translation>正在等待运营商应答。</translation>
    </message>
    <message>
      <source>{peer} and OpenMSS have no TLS version or cipher in common ({said}).</source>
      <translation>{peer} 与 OpenMSS 没有共同的 TLS 版本或加密套件（{said}）。</translation>
    </message>
    <message>
      <source>{peer} cannot be reached.</source>
      <translation>无法到达 {peer}。</translation>
    </message>
    <message>
      <source>{peer} cannot be reached: {said}.</source>
      <translation>无法到达 {peer}：{said}。</translation>
    </message>
    <message>
      <source>{peer} does not answer.</source>
      <translation>{peer} 没有应答。</translation>
    </message>
    <message>
      <source>{peer} does not speak TLS at this port ({said}).</source>
      <translation>{peer} 的此端口不支持 TLS（{said}）。</translation>
    </message>
  </context>
  <context>
    <name>stages</name>
    <message>
      <source>Before leaving</source>
      <translation>出局之前</translation>
    </message>
    <message>
      <source>Black/white list</source>
      <translation>黑白名单</translation>
    </message>
    <message>
      <source>Called number</source>
      <translation>被叫号码</translation>
    </message>
    <message>
      <source>Caller number</source>
      <translation>主叫号码</translation>
    </message>
    <message>
      <source>Emergency</source>
      <translation>紧急号码</translation>
    </message>
    <message>
      <source>From outside</source>
      <translation>外部来电</translation>
    </message>
    <message>
      <source>Route</source>
      <translation>路由</translation>
    </message>
    <message>
      <source>Shown number</source>
      <translation>显示号码</translation>
    </message>
    <message>
      <source>Transition</source>
      <translation>号码变换</translation>
    </message>
  </context>
  <context>
    <name>steps</name>
    <message>
      <source>Caller rule {key} gives the call levels {after}.</source>
      <translation>主叫号码规则 {key} 赋予呼叫级别 {after}。</translation>
    </message>
    <message>
      <source>Caller rule {key} is for {before}.</source>
      <translation>主叫号码规则 {key} 适用于 {before}。</translation>
    </message>
    <message>
      <source>Calls over line {key} go to {after}.</source>
      <translation>外线 {key} 的来电转到 {after}。</translation>
    </message>
    <message>
      <source>DID route {key} is for {before}, but only over line {name}.</source>
      <translation>DID 路由 {key} 针对 {before}，但仅限外线 {name}。</translation>
    </message>
    <message>
      <source>DID route {key} sends {before} to {after}.</source>
      <translation>DID 路由 {key} 将 {before} 转到 {after}。</translation>
    </message>
    <message>
      <source>DID route {key} sends {before} to {after}: {name} does not hold.</source>
      <translation>DID 路由 {key} 将 {before} 转到 {after}：其时间条件 {name} 不成立。</translation>
    </message>
    <message>
      <source>DID route {key} takes no calls to {before}: {name} does not hold.</source>
      <translation>DID 路由 {key} 不接受对 {before} 的呼叫：其时间条件 {name} 不成立。</translation>
    </message>
    <message>
      <source>Display number of {before}: {after}.</source>
      <translation>{before} 的显示号码：{after}。</translation>
    </message>
    <message>
      <source>Entry {key} of the black/white list blocks {before} calling {after} ({name} %).</source>
      <translation>黑白名单记录 {key} 拦截 {before} 呼叫 {after}（{name} %）。</translation>
    </message>
    <message>
      <source>Entry {key} of the black/white list lets {before} calling {after} pass ({name} %).</source>
      <translation>黑白名单记录 {key} 放行 {before} 呼叫 {after}（{name} %）。</translation>
    </message>
    <message>
      <source>Extension {key} has this number too; the rule comes first.</source>
      <translation>分机 {key} 也使用此号码；规则优先。</translation>
    </message>
    <message>
      <source>Extension {key} is disabled.</source>
      <translation>分机 {key} 已停用。</translation>
    </message>
    <message>
      <source>Extension {key} may not call out now: its time condition {name} does not hold.</source>
      <translation>分机 {key} 现在不允许呼出：其时间条件 {name} 不成立。</translation>
    </message>
    <message>
      <source>Extension {key} rings.</source>
      <translation>分机 {key} 振铃。</translation>
    </message>
    <message>
      <source>Line {key} can carry the call.</source>
      <translation>外线 {key} 可以承载呼叫。</translation>
    </message>
    <message>
      <source>Line {key} is not shared, and not the caller's own.</source>
      <translation>外线 {key} 不共享，也不是主叫的专用外线。</translation>
    </message>
    <message>
      <source>Line {key} is the caller's own, and comes first.</source>
      <translation>外线 {key} 是主叫的专用外线，优先使用。</translation>
    </message>
    <message>
      <source>No DID route is for {before}: it counts as dialled.</source>
      <translation>没有针对 {before} 的 DID 路由：按所拨号码处理。</translation>
    </message>
    <message>
      <source>No caller rule is for {before}.</source>
      <translation>没有针对 {before} 的主叫号码规则。</translation>
    </message>
    <message>
      <source>No entry of the black/white list is for {before} calling {after}.</source>
      <translation>黑白名单中没有针对 {before} 呼叫 {after} 的记录。</translation>
    </message>
    <message>
      <source>No number is left to call.</source>
      <translation>没有剩下可呼叫的号码。</translation>
    </message>
    <message>
      <source>No rule is for {before}.</source>
      <translation>没有针对 {before} 的规则。</translation>
    </message>
    <message>
      <source>No way out is left.</source>
      <translation>没有可用的出局路由。</translation>
    </message>
    <message>
      <source>Nothing fits {before}: the default route {name} takes it.</source>
      <translation>没有匹配 {before} 的规则：由默认路由 {name} 处理。</translation>
    </message>
    <message>
      <source>Refine rule {key} is for {before} over {name}.</source>
      <translation>出局号码变换规则 {key} 适用于经 {name} 的 {before}。</translation>
    </message>
    <message>
      <source>Ring group {key} is disabled.</source>
      <translation>振铃组 {key} 已停用。</translation>
    </message>
    <message>
      <source>Ring group {key} rings.</source>
      <translation>振铃组 {key} 振铃。</translation>
    </message>
    <message>
      <source>Rule {key} (prefix {name}) is disabled.</source>
      <translation>规则 {key}（字冠 {name}）已停用。</translation>
    </message>
    <message>
      <source>Rule {key} (prefix {name}) is for {before}.</source>
      <translation>规则 {key}（字冠 {name}）适用于 {before}。</translation>
    </message>
    <message>
      <source>Rule {key} asks for call level {name}, which {before} does not have.</source>
      <translation>规则 {key} 要求呼叫级别 {name}，而 {before} 没有该级别。</translation>
    </message>
    <message>
      <source>Rule {key} does not count: its time condition {name} does not hold.</source>
      <translation>规则 {key} 不生效：其时间条件 {name} 不成立。</translation>
    </message>
    <message>
      <source>Rule {key} leads outside, which calls from {name} may not.</source>
      <translation>规则 {key} 通向外部，而来自 {name} 的呼叫不允许呼出。</translation>
    </message>
    <message>
      <source>Rule {key} refuses {before}.</source>
      <translation>规则 {key} 拒绝 {before}。</translation>
    </message>
    <message>
      <source>The attendant's menu {key} talks with the caller.</source>
      <translation>自动话务员菜单 {key} 与来电者交互。</translation>
    </message>
    <message>
      <source>The caller joins the conference room {key}.</source>
      <translation>来电者进入会议室 {key}。</translation>
    </message>
    <message>
      <source>The caller leaves a message for extension {key}.</source>
      <translation>来电者给分机 {key} 留言。</translation>
    </message>
    <message>
      <source>The {name} {key} does not carry calls now: its time condition does not hold.</source>
      <translation>{name} {key} 现在不承载呼叫：其时间条件不成立。</translation>
    </message>
    <message>
      <source>The {name} {key} is disabled.</source>
      <translation>{name} {key} 已停用。</translation>
    </message>
    <message>
      <source>There is no attendant's menu {key}.</source>
      <translation>没有自动话务员菜单 {key}。</translation>
    </message>
    <message>
      <source>There is no enabled line or trunk that could carry the emergency call.</source>
      <translation>没有已启用的外线或中继可承载紧急呼叫。</translation>
    </message>
    <message>
      <source>There is no extension {before}.</source>
      <translation>没有分机 {before}。</translation>
    </message>
    <message>
      <source>There is no extension {key}: traced as one with the usual rights.</source>
      <translation>没有分机 {key}：按具有普通权限的分机跟踪。</translation>
    </message>
    <message>
      <source>There is no ring group {key}.</source>
      <translation>没有振铃组 {key}。</translation>
    </message>
    <message>
      <source>There is no {name} {key}.</source>
      <translation>没有{name} {key}。</translation>
    </message>
    <message>
      <source>Transition {key} does not exist: the number stays {before}.</source>
      <translation>号码变换 {key} 不存在：号码仍为 {before}。</translation>
    </message>
    <message>
      <source>Transition {key} turns {before} into {after}.</source>
      <translation>号码变换 {key} 将 {before} 变为 {after}。</translation>
    </message>
    <message>
      <source>Trunk {key} can carry the call.</source>
      <translation>中继 {key} 可以承载呼叫。</translation>
    </message>
    <message>
      <source>Trunk {key} is tried when trunk {name} fails.</source>
      <translation>中继 {name} 失败时改用中继 {key}。</translation>
    </message>
    <message>
      <source>{before} begins with the out-group prefix {name}: {after} goes out over a line.</source>
      <translation>{before} 以出群字冠 {name} 开头：{after} 经外线呼出。</translation>
    </message>
    <message>
      <source>{before} is a service code ({name}) that only extensions may dial.</source>
      <translation>{before} 是业务代码（{name}），只有分机可以拨打。</translation>
    </message>
    <message>
      <source>{before} is a service code: {name}.</source>
      <translation>{before} 是业务代码：{name}。</translation>
    </message>
    <message>
      <source>{before} is an emergency number, but an extension has it too and gets the call.</source>
      <translation>{before} 是紧急号码，但也是本系统的分机，呼叫接到该分机。</translation>
    </message>
    <message>
      <source>{before} is the emergency number {after}: it is put through whatever the rules say.</source>
      <translation>{before} 是紧急号码 {after}：不论规则如何都予以接通。</translation>
    </message>
    <message>
      <source>{before} is the outside number of extension {key}.</source>
      <translation>{before} 是分机 {key} 的外线号码。</translation>
    </message>
    <message>
      <source>{name} wants another form of number, but {before} cannot be converted.</source>
      <translation>{name} 要求其他号码格式，但 {before} 无法转换。</translation>
    </message>
    <message>
      <source>{name} writes numbers in its own form: {before} becomes {after}.</source>
      <translation>{name} 使用自己的号码格式：{before} 变为 {after}。</translation>
    </message>
    <message>
      <source>{name}: the called party sees the line's own number.</source>
      <translation>{name}：被叫方看到外线自己的号码。</translation>
    </message>
    <message>
      <source>{name}: the called party sees {after}.</source>
      <translation>{name}：被叫方看到 {after}。</translation>
    </message>
    <message>
      <source>“{before}” is no telephone number: it is not sent outside.</source>
      <translation>“{before}”不是电话号码：不会发往外部。</translation>
    </message>
  </context>
  <context>
    <name>texts</name>
    <message>
      <source>Extension {number}</source>
      <translation>分机 {number}</translation>
    </message>
    <message>
      <source>Room {number}</source>
      <translation>会议室 {number}</translation>
    </message>
    <message>
      <source>Something went wrong inside OpenMSS ({error}). The log in the data folder says more.</source>
      <translation>OpenMSS 内部出错（{error}）。详情见数据文件夹中的日志。</translation>
    </message>
    <message>
      <source>Unknown number</source>
      <translation>未知号码</translation>
    </message>
    <message>
      <source>forbidden</source>
      <translation>禁止</translation>
    </message>
    <message>
      <source>{calls}, no limit</source>
      <translation>{calls}，不限</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>Account and password on each call, no registration</source>
      <translation>不注册，每次呼叫用账号和密码鉴权</translation>
    </message>
    <message>
      <source>Always</source>
      <translation>始终</translation>
    </message>
    <message>
      <source>Answered</source>
      <translation>已接通</translation>
    </message>
    <message>
      <source>Busy</source>
      <translation>忙</translation>
    </message>
    <message>
      <source>By command</source>
      <translation>命令行</translation>
    </message>
    <message>
      <source>By our fixed public address</source>
      <translation>按本机固定公网地址识别</translation>
    </message>
    <message>
      <source>Caller hung up first</source>
      <translation>主叫先挂机</translation>
    </message>
    <message>
      <source>Chinese prompts</source>
      <translation>中文语音</translation>
    </message>
    <message>
      <source>Complete</source>
      <translation>完整</translation>
    </message>
    <message>
      <source>Connecting</source>
      <translation>接续中</translation>
    </message>
    <message>
      <source>Cut off by the disk</source>
      <translation>因磁盘中断</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>默认</translation>
    </message>
    <message>
      <source>Default: the own file is faulty</source>
      <translation>默认（自录文件有误）</translation>
    </message>
    <message>
      <source>Detail</source>
      <translation>详细</translation>
    </message>
    <message>
      <source>Direct</source>
      <translation>直接</translation>
    </message>
    <message>
      <source>Disabled</source>
      <translation>已停用</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>已结束</translation>
    </message>
    <message>
      <source>English prompts</source>
      <translation>英文语音</translation>
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
      <source>Fri</source>
      <translation>周五</translation>
    </message>
    <message>
      <source>From catalogues and working configurations</source>
      <translation>来自设备目录和实际可用的配置</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>已放弃</translation>
    </message>
    <message>
      <source>Grave error</source>
      <translation>严重错误</translation>
    </message>
    <message>
      <source>Heard</source>
      <translation>已听</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>空闲</translation>
    </message>
    <message>
      <source>In the window</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>信息</translation>
    </message>
    <message>
      <source>Listening</source>
      <translation>旁听</translation>
    </message>
    <message>
      <source>Lost</source>
      <translation>丢失</translation>
    </message>
    <message>
      <source>Mail failed</source>
      <translation>邮件发送失败</translation>
    </message>
    <message>
      <source>Mailed</source>
      <translation>已发送邮件</translation>
    </message>
    <message>
      <source>Moderator</source>
      <translation>主持人</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>周一</translation>
    </message>
    <message>
      <source>Music</source>
      <translation>音乐</translation>
    </message>
    <message>
      <source>Muted</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新留言</translation>
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
      <source>Not checked</source>
      <translation>未检测</translation>
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
      <source>Off line</source>
      <translation>离线</translation>
    </message>
    <message>
      <source>On hold</source>
      <translation>保持</translation>
    </message>
    <message>
      <source>On line</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Own</source>
      <translation>自录</translation>
    </message>
    <message>
      <source>Reachable</source>
      <translation>可达</translation>
    </message>
    <message>
      <source>Read on the carrier's own pages</source>
      <translation>查阅自运营商自己的网页</translation>
    </message>
    <message>
      <source>Recorded</source>
      <translation>录音中</translation>
    </message>
    <message>
      <source>Recording</source>
      <translation>录音中</translation>
    </message>
    <message>
      <source>Recording paused</source>
      <translation>录音已暂停</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>被拒绝</translation>
    </message>
    <message>
      <source>Registering</source>
      <translation>正在注册</translation>
    </message>
    <message>
      <source>Registration with account and password</source>
      <translation>用账号和密码注册</translation>
    </message>
    <message>
      <source>Relayed</source>
      <translation>转发</translation>
    </message>
    <message>
      <source>Repaired</source>
      <translation>已修复</translation>
    </message>
    <message>
      <source>Ringing</source>
      <translation>振铃</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>周六</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>已发送</translation>
    </message>
    <message>
      <source>Signal</source>
      <translation>信号音</translation>
    </message>
    <message>
      <source>Speech</source>
      <translation>语句</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>周日</translation>
    </message>
    <message>
      <source>Talking</source>
      <translation>通话</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>周四</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>周二</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>Unknown number</source>
      <translation>空号</translation>
    </message>
    <message>
      <source>Unreachable</source>
      <translation>不可达</translation>
    </message>
    <message>
      <source>Unverified</source>
      <translation>未经核实</translation>
    </message>
    <message>
      <source>Via OpenMSS</source>
      <translation>经 OpenMSS</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待发送</translation>
    </message>
    <message>
      <source>Waiting to be mailed</source>
      <translation>等待发送邮件</translation>
    </message>
    <message>
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>周三</translation>
    </message>
    <message>
      <source>Word</source>
      <translation>词语</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>hear any voice mail</source>
      <translation>收听任一语音信箱</translation>
    </message>
    <message>
      <source>hear the own voice mail</source>
      <translation>收听本机语音留言</translation>
    </message>
    <message>
      <source>join a conference room</source>
      <translation>加入会议室</translation>
    </message>
    <message>
      <source>line</source>
      <translation>外线</translation>
    </message>
    <message>
      <source>switch forwarding off: all calls</source>
      <translation>取消无条件前转</translation>
    </message>
    <message>
      <source>switch forwarding off: when busy</source>
      <translation>取消遇忙前转</translation>
    </message>
    <message>
      <source>switch forwarding off: when nobody answers</source>
      <translation>取消无应答前转</translation>
    </message>
    <message>
      <source>switch forwarding off: when not reachable</source>
      <translation>取消不可及前转</translation>
    </message>
    <message>
      <source>switch forwarding on: all calls</source>
      <translation>登记无条件前转</translation>
    </message>
    <message>
      <source>switch forwarding on: when busy</source>
      <translation>登记遇忙前转</translation>
    </message>
    <message>
      <source>switch forwarding on: when nobody answers</source>
      <translation>登记无应答前转</translation>
    </message>
    <message>
      <source>switch forwarding on: when not reachable</source>
      <translation>登记不可及前转</translation>
    </message>
    <message>
      <source>trunk</source>
      <translation>中继</translation>
    </message>
  </context>
</TS>
