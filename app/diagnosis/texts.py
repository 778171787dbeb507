"""What a finding says, in English, by its cause: what happened, why, and what to do.

The window translates by cause with a finding's `details`; a test holds that every cause has its sentence.
"""

from __future__ import annotations

from typing import Final

_REACHING: Final = {
    "name_not_resolved": "The name {host} is not known on this network ({failure}). Carriers with a "
    "private network publish it only inside: enter the carrier's physical address as outbound proxy, or "
    "their DNS server.",
    "proxy_not_resolved": "The proxy's name {host} was not found by DNS ({failure}). Check how it is "
    "written, or enter the DNS server or the numeric address that the carrier gave you.",
    "domain_is_logical": "The domain {domain} does not resolve, which is no error: messages go to the "
    "proxy {proxy}, and the domain stands only in the headers.",
    "tls_expected": "{host} speaks TLS where plain SIP was sent, so it cannot understand us. Set the "
    "transport of the line to TLS.",
    "not_sip": "What answers at {host} {port} is not a SIP server. Check the server address and the port.",
    "udp_not_answered": "{host} does not answer over UDP, but takes TCP. Set the transport to TCP: some "
    "carriers want it, and some networks filter UDP.",
    "no_reply": "{host} does not answer at all. Either the carrier has given up this address, or the "
    "packets leave by the wrong network card or are filtered on the way: check server and proxy against "
    "your order paper.",
    "no_reply_private": "{host} does not answer. It is an address inside the carrier's private network, "
    "and we send from {local}, which is another one: choose the network card that the carrier's line is "
    "plugged into.",
    "register_ignored": "{host} answers OPTIONS but ignores REGISTER. The carrier has probably blocked "
    "this account or this address for a while after too many attempts: wait, then ask the carrier.",
    "filtered": "A firewall on the way to {host} forbids the packets. Allow SIP in the router or ask "
    "whoever runs the network.",
    "port_refused": "{host} is there, but nothing listens on port {port}. Check the port, and whether the"
    " carrier wants UDP, TCP or TLS.",
    "tcp_refused": "{host} refuses TCP on port {port} but answers over UDP. Set the transport to UDP.",
    "network_unreachable": "There is no way from this computer to {host} ({error}). Check the cable, the "
    "network card chosen for the line, and the route.",
    "tls_name": "The certificate of {host} is for another name ({error}). Enter the server by the name "
    "the carrier gives, not by its number.",
    "tls_expired": "The certificate of {host} has expired or is not valid yet. Check the clock of this "
    "computer; if it is right, the carrier must renew the certificate.",
    "tls_untrusted": "The certificate of {host} is not signed by an authority this computer knows "
    "({error}). Give the file with the authority's certificate, which you get from the carrier, as “Further "
    "TLS authorities” in the settings.",
    "tls_plain_port": "The port used at {host} does not speak TLS ({error}). Use the carrier's TLS port, "
    "usually 5061, or another transport.",
    "tls_client_certificate": "{host} wants a certificate of ours ({error}). Enter the one the carrier "
    "issued.",
    "tls_version": "{host} and OpenMSS have no TLS version or cipher in common ({error}). Ask the carrier"
    " which versions it takes.",
    "tls_failed": "The TLS connection to {host} failed ({error}). Check port and server name.",
    "stream_closed": "{host} closes the connection to port {port}. It takes no connections from this "
    "address, or wants another transport.",
    "stream_timeout": "No connection to {host} port {port} comes about. The port is filtered or wrong, or"
    " the carrier serves UDP only.",
    "too_long_for_udp": "The message is too long for a UDP packet on this network. Set the transport to TCP.",
    "bind_address_gone": "The address chosen for this line is not on this computer any more ({error}). "
    "Choose the network card again.",
    "local_port_taken": "Another program on this computer uses our SIP port ({error}). End it or choose "
    "another port.",
    "local_firewall": "This computer does not let OpenMSS send ({error}). Allow it in the firewall.",
}

_LOGIN: Final = {
    "password_missing": "The carrier asks for a password (realm “{realm}”) and none is entered. Fill in "
    "the password that the carrier gave you.",
    "nonce_refreshed": "The carrier asked once more with a fresh nonce, as it does now and then. Nothing "
    "is wrong.",
    "password_refused": "The carrier refused the login as “{username}”. The password or the "
    "authentication name is wrong: type the password again, exactly as the carrier gave it.",
    "auth_user_form": "The carrier refused the login as “{username}” ({status}). This kind of network "
    "wants the authentication name with its domain, “{wanted}”: switch on “authentication user name "
    "includes the address”.",
    "auth_user_other": "If the password is right, the carrier may want another authentication name than "
    "“{username}”: the number with +, number@domain, or an e-mail address. Its papers say which.",
    "stale_again": "Every login is answered with “too old”. Several servers of the carrier do not know of"
    " each other's questions, or an answer takes too long; ask the carrier.",
    "realm_differs": "The carrier asks for realm “{realm}”, but “{wanted}” is configured. Leave the realm"
    " empty: then the one the carrier offers is used.",
    "aka_login": "The carrier wants a login with a SIM card ({algorithm}). A password cannot answer it: "
    "ask for an account with digest authentication.",
    "algorithm_not_offered": "The login was computed with {used} although the carrier offers only "
    "{offered}. That is a mistake of this program, not of your settings.",
    "algorithm_unknown": "The carrier offers only the login method {algorithm}, which is not known here. "
    "Ask for MD5 or SHA-256.",
    "scheme_unknown": "The carrier asks for a login of the kind “{scheme}”. OpenMSS knows digest "
    "authentication only; ask the carrier for it.",
    "sha_offered": "The carrier wants {algorithm} instead of MD5, and got it. Nothing is wrong.",
    "from_not_known": "The carrier refused {user}@{domain} at once, without asking for a password "
    "({reason}). The number or the domain in From is not known there, or calls from your address are not "
    "allowed.",
    "source_not_allowed": "The carrier refused us at once because of our address ({reason}). Have your "
    "public IP address allowed in the carrier's portal.",
    "account_blocked": "The carrier says that the account {user} is blocked ({reason}). Do not try again "
    "and again; look into the carrier's portal or call them.",
    "user_not_known": "The carrier does not know {user} under {domain} ({status}). Check the account and "
    "the domain.",
}

_REGISTRAR: Final = {
    "expires_too_short": "The carrier wants registrations of at least {least} s, and {asked} s was asked "
    "for. Set the registration interval to {least}.",
    "expires_refused_again": "The carrier wanted at least {least} s, was asked for {asked} s and refused "
    "again. The mistake is on the carrier's side.",
    "cseq_call_id": "The carrier refused the second REGISTER with “{said}”, though it was right. Let each"
    " REGISTER have a new Call-ID (in mss_var_param.ini: gVarSipRegSameDialog=0).",
    "cseq_complaint": "The carrier complains of the CSeq number (“{said}”) although it was right. "
    "Ask the carrier.",
    "user_phone_refused": "The carrier does not accept “user=phone” in {uri} ({status}). Switch it off.",
    "uri_port_refused": "The carrier does not accept the port in {uri} ({status}). Leave the port empty.",
    "uri_params_refused": "The carrier does not accept the parameters in {uri} ({status}). Remove them.",
    "registration_not_wanted": "This carrier takes no registrations ({status}): it knows you by your "
    "address. Turn registration off for this line.",
    "option_refused": "The carrier does not know the extension “{option}”. Turn that option off.",
    "option_required": "The carrier takes requests only with the extension “{option}”. Turn it on.",
    "rel100_missing": "The carrier insists on confirmed ringing (100rel/PRACK), and it is off. Turn "
    "reliable provisional responses on.",
    "carrier_trouble": "The carrier's server has trouble of its own ({status} {reason}; try again after: "
    "{wait} s). Nothing to change here; OpenMSS goes on trying.",
    "server_failover": "One server of the carrier failed and the next one answered. Nothing is wrong here.",
    "moved": "The carrier sends us to another server: {target} ({status}). Enter it.",
    "loop": "The message went round in circles ({status}). Server or proxy point back to where it came "
    "from: check both.",
    "security_agreement": "The carrier wants a security agreement as telephones with a SIM card make it. "
    "Ask for an account for a PBX.",
    "register_malformed": "The carrier calls our REGISTER malformed ({status} {reason}). Compare user, "
    "domain and port with its papers; if they are right, give the carrier this trace.",
}

_BINDINGS: Final = {
    "not_bound": "The carrier said OK but does not list us ({contact}), so no calls will come. A router "
    "may have changed the message (switch its SIP ALG off), or the account may not register.",
    "contact_rewritten": "We registered {sent}, and the carrier lists {listed}. A router on the way "
    "changes SIP messages: switch off its SIP ALG.",
    "via_rewritten": "We sent the address {sent} and it came back as {listed}. A router on the way "
    "changes SIP messages: switch off its SIP ALG.",
    "second_device": "Another device uses this account as well ({others}). Calls may ring there, and some"
    " carriers allow one device only.",
    "nat_mapping": "A router stands between us ({own}) and the carrier, which sees {shown}. Enter the "
    "public address, and send keep-alives so that the router keeps the way open.",
    "nat_mapping_changes": "The router gave us a new outside port between two registrations ({places}), "
    "so calls in between are lost. Send a keep-alive every 20 s.",
    "service_route": "The carrier names the way for later calls ({headers}); it is used by itself.",
    "caller_address_unknown": "Calls for this line come from {address}, which is not among its addresses,"
    " and were refused. Add the address to the line.",
    "reply_from_elsewhere": "Asked was {asked}, and {answered} answered. The carrier has several servers.",
    "expires_cut": "The carrier shortens registrations from {asked} s to {granted} s to keep the router "
    "open. Nothing is wrong.",
}

_CALLS: Final = {
    "user_phone_missing": "The carrier refused {uri} ({status}). Networks of this kind want “;user=phone”"
    " behind the number: switch it on.",
    "caller_not_ours": "The carrier refused the call because the caller shown, {shown}, is not a number "
    "of this line ({own}). Show one of your own numbers.",
    "anonymity_refused": "The carrier takes no anonymous calls ({status}). Show the line's number.",
    "video_refused": "The carrier refused the call because video was offered ({status}). Do not offer "
    "video on this line.",
    "number_form": "The carrier did not understand the number {number} ({status}). It wants numbers as "
    "{wanted}: set the number form of the line.",
    "balance": "The carrier refused the call because the account has no credit left ({status} {reason}). "
    "Top it up in the portal.",
    "channels_used_up": "All channels that the carrier allows are in use ({status} {reason}). Order more,"
    " or limit the calls of this line.",
    "destination_barred": "The carrier does not allow calls to {number} ({status} {reason}). Have the "
    "destination released in the portal.",
    "call_forbidden": "The carrier forbids the call ({reason}; shown as {shown}) without asking for a "
    "password. Your address or this kind of call is not allowed there: look into the portal.",
    "identity_required": "The carrier wants a signed caller identity, or does not accept it ({status}). "
    "Ask the carrier to sign your calls.",
    "invite_login_refused": "Calls are refused because the login as “{username}” is not accepted; "
    "registration uses “{good}”. Use the same authentication name and password for both.",
    "invite_login_missing": "The carrier asks for a password for calls, and none was sent. Enter the "
    "password of the account.",
    "no_common_codec": "No codec in common ({status}): we {ours}, they {theirs}. Choose at least one of "
    "theirs.",
    "encryption_differs": "One side wants encrypted sound and the other does not ({status}; offered was "
    "{offered}). Change the SRTP setting.",
    "call_not_answered_by_network": "{host} did not answer our call at all. The network or the server is "
    "down; the telephone called was never reached.",
    "called_party_silent": "The telephone called did not take the call ({status} {reason}). Nothing is "
    "wrong.",
    "did_elsewhere": "The carrier calls us by the account {account} and says the number dialled, "
    "{number}, in {header}. Read it from there.",
    "carrier_call_trouble": "The carrier cannot place the call at the moment ({status} {reason}; again "
    "after: {wait} s). Nothing to change here.",
    "use_proxy": "The carrier wants calls sent to its proxy {target}. Enter it as outbound proxy.",
    "alternative_service": "The carrier answers with another service (380), as it does for emergency "
    "calls. Use another line for this number.",
    "method_refused": "This server takes no calls ({status}). Check server and proxy.",
}

_DIALOGS: Final = {
    "ack_not_received": "We answered, but the carrier's confirmation (ACK) never came back, so the call "
    "broke off after half a minute. The address we give, {contact}, cannot be reached: enter the public "
    "address, and switch off SIP ALG in the router.",
    "ack_not_delivered": "The carrier did not get our confirmation (ACK) and repeats its answer; such "
    "calls break off after half a minute. It is sent to {contact}; a router's SIP ALG may swallow it.",
    "session_timer_ran_out": "The call was ended because nobody refreshed it within {seconds} s. Turn the"
    " session timer off for this line, or tell the carrier.",
    "session_refresh_refused": "The refresh of the call was refused ({status}) and the call ended after "
    "{seconds} s. Turn the session timer off for this line.",
    "session_too_short": "The carrier wants a session timer of at least {least} s. Turn the session timer"
    " off for this line, or lengthen it.",
    "answer_without_sdp": "The call was answered without saying where the sound goes (by {who}), so "
    "nobody hears anything. The answering equipment is at fault.",
    "answer_not_offered": "The call was answered with a codec nobody offered ({theirs} instead of "
    "{ours}). Leave only codecs that the carrier lists.",
    "change_refused": "{who} refused a change of the call, such as hold ({status}). The call goes on as "
    "it was.",
    "fax_refused": "Fax over T.38 was refused ({status}); the fax goes on as sound, which often fails. "
    "Switch T.38 off or use a line that knows it.",
    "glare_for_ever": "Both sides change the call at the same time again and again (491, {count} times).",
    "prack_missing": "A confirmed ringing signal (100rel) was never confirmed, so the call failed. Check "
    "the setting of reliable provisional responses.",
    "dropped_at_once": "The call was answered and ended by the other side at once (cause {cause}; {reason}).",
    "answers_not_received": "{host} repeats its call though we answer: our answers do not reach it. A "
    "router or its SIP ALG is in the way.",
}

_MEDIA: Final = {
    "media_address_private": "We sent {sent} packets and heard nothing, because we told the other side "
    "the private address {address}. Enter the public address.",
    "media_blocked": "We sent {sent} packets and heard nothing, though the address we told ({address}, "
    "port {port}) is right. The router does not let sound in: open the RTP ports for this computer.",
    "media_port_closed": "Nobody listens where the other side wants its sound, {host}:{port}. Its "
    "equipment or a router there is at fault.",
    "nothing_sent": "We heard {received} packets but sent none. The telephone is muted or holds the call,"
    " or it has no way to send.",
    "no_media": "No sound at all, in either direction, although the call was answered.",
    "media_from_elsewhere": "Sound comes from {source} though {told} was told. The other side is behind a"
    " router; OpenMSS follows the real source.",
    "media_of_third_party": "Sound of strangers arrives too ({sources}; {packets} packets). It is left out.",
    "payload_not_agreed": "Sound comes with payload type {payload}, agreed was {agreed}. The other device"
    " ignores the agreement: leave only codecs in the list that both know.",
    "silence_heard": "{percent} % of the sound is pure silence. A microphone is off or muted.",
    "keys_not_heard": "No key press arrived, and the two sides have not agreed how to send them. Keys "
    "travel as tones or INFO messages: change the DTMF mode.",
    "keys_payload_differs": "Key presses come with payload type {came}, agreed was {agreed}. They are "
    "accepted all the same.",
    "network_bad": "The network is bad on leg {leg} (from {source}): {loss} % of the packets lost, "
    "{jitter} ms jitter.",
    "packet_time": "The other side sends packets of {ptime} ms, which is unusual.",
}

_REFUSALS: Final = {
    "registration_refused": "The carrier refuses the registration: {status} {reason}. None of our settings "
    "explains it: ask the carrier, and show it this trace.",
    "call_refused": "The carrier refuses the call: {status} {reason}. None of our settings explains it: "
    "ask the carrier, and show it this trace.",
}

TEXTS: Final[dict[str, str]] = {
    **_REACHING,
    **_LOGIN,
    **_REGISTRAR,
    **_BINDINGS,
    **_CALLS,
    **_DIALOGS,
    **_MEDIA,
    **_REFUSALS,
}
"""The sentence of every cause, with the names of its details in braces."""
